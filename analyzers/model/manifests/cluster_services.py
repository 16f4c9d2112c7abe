"""Kubernetes Services."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.workload import ClusterService, ServicePort
from analyzers.model.yaml_facts import comparable_texts, known_text, known_texts, name_of, place, text_fact
from analyzers.parsers.yaml_node import Mapping as Tree
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_int, as_words


def read_cluster_service(path: str, node: Node) -> ClusterService:
    spec, metadata = node["spec"], node["metadata"]
    return ClusterService(
        path=path,
        at=place(path, node.entry("kind") or node),
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        selector=_read_selector(spec),
        ports=_read_ports(path, spec["ports"]),
        is_headless=spec["clusterIP"].text == "None",
        kind=known_text(spec["type"]) or "ClusterIP",
        spec_at=place(path, spec),
        annotations=known_texts(metadata["annotations"]),
        cluster_ip=text_fact(path, spec["clusterIP"]),
    )


def _read_selector(spec: Node) -> Mapping[str, str] | None:
    """The labels asked for; none for a Service without selector, None where a template decides."""
    selector = spec["selector"]
    if not selector:
        return {} if spec.is_complete else None
    labels = comparable_texts(selector)
    return labels if len(labels) == max(len(selector.items()), 1) and not _is_open(selector) else None


def _is_open(selector: Node) -> bool:
    """A template may add labels that are not named here, not even as symbols."""
    return bool(selector.gaps) or (isinstance(selector, Tree) and not selector.complete)


def _read_ports(path: str, node: Node) -> tuple[ServicePort, ...]:
    """The ports; one more without number stands for those a template may add."""
    ports = [_read_port(path, item) for item in node]
    if node and (as_words(node) is None or not node.is_complete):
        ports.append(ServicePort(place(path, node), None, None))
    return tuple(ports)


def _read_port(path: str, item: Node) -> ServicePort:
    port, target = as_int(item["port"]), item["targetPort"]
    number = as_int(target)
    return ServicePort(
        at=place(path, item),
        port=port,
        target=(known_text(target) if number is None else number) if target else port,
        name=known_text(item["name"]) or "",
        app_protocol=known_text(item["appProtocol"]) or "",
        protocol=known_text(item["protocol"]) or "TCP",
        target_at=place(path, target) if target else None,
    )
