"""The ways into a cluster: Ingresses, Gateway API routes, and those of Traefik and Istio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from analyzers.model.cluster import Attachment, Backend, TrafficRoute
from analyzers.model.yaml_facts import known_text, known_texts, name_of, place
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_int

MOST_BACKENDS = 2_000


def read_ingress(path: str, node: Node) -> TrafficRoute:
    """The first version, and v1beta1 before it.

    https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/
    """
    return _route(path, node, _of_ingress(path, node["spec"]))


def read_gateway_route(path: str, node: Node) -> TrafficRoute:
    """HTTPRoute, GRPCRoute and their like: https://gateway-api.sigs.k8s.io/reference/spec/"""
    route = _route(path, node, _of_gateway_route(path, node["spec"]))
    parents = (item for item in node.at("spec", "parentRefs") if item["kind"].text in ("", "Gateway"))
    return _attached(route, (_attachment(path, item) for item in parents))


def read_ingress_route(path: str, node: Node) -> TrafficRoute:
    """Traefik's: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/"""
    items = (item for route in node.at("spec", "routes") for item in route["services"])
    found = (
        _backend(path, item, known_text(item["namespace"]) or "")
        for item in items
        if item["kind"].text in ("", "Service")
    )
    return _route(path, node, found)


def read_virtual_service(path: str, node: Node) -> TrafficRoute:
    """Istio's: https://istio.io/latest/docs/reference/config/networking/virtual-service/"""
    route = _route(path, node, _of_virtual_service(path, node["spec"]))
    names = ((item, known_text(item) or "") for item in node.at("spec", "gateways"))
    parts = ((item, *name.rpartition("/")) for item, name in names if name != "mesh")
    return _attached(
        route, (Attachment(place(path, item), name, namespace) for item, namespace, _, name in parts)
    )


def _route(path: str, node: Node, backends: Iterator[Backend]) -> TrafficRoute:
    metadata, spec = node["metadata"], node["spec"]
    return TrafficRoute(
        path=path,
        at=place(path, node.entry("kind") or node),
        kind=node["kind"].text,
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        backends=tuple(item for item in islice(backends, MOST_BACKENDS) if item.service),
        annotations=known_texts(metadata["annotations"]),
        is_complete=all(part.is_complete and not part.text for part in (node, spec, spec["rules"])),
    )


def _attached(route: TrafficRoute, found: Iterator[Attachment]) -> TrafficRoute:
    attachments = tuple(each for each in islice(found, MOST_BACKENDS) if each.gateway)
    return replace(route, attachments=attachments)


def _attachment(path: str, item: Node) -> Attachment:
    return Attachment(
        at=place(path, item),
        gateway=name_of(item),
        namespace=known_text(item["namespace"]) or "",
        listener=known_text(item["sectionName"]) or "",
        port=as_int(item["port"]),
    )


def _of_ingress(path: str, spec: Node) -> Iterator[Backend]:
    for default in (spec["defaultBackend"], spec["backend"]):
        if default:
            yield _ingress_backend(path, default, None, "")
    for rule in spec["rules"]:
        for item in rule.at("http", "paths"):
            asked = known_text(item["path"]) if item["path"] else "/"
            yield _ingress_backend(path, item["backend"], asked, known_text(rule["host"]) or "")


def _ingress_backend(path: str, node: Node, asked: str | None, host: str) -> Backend:
    service = node["service"]
    name = name_of(service) if service else known_text(node["serviceName"]) or ""
    port = service["port"]["number"] or service["port"]["name"] or node["servicePort"]
    return Backend(place(path, node), name, "", _port(port), asked, host)


def _of_gateway_route(path: str, spec: Node) -> Iterator[Backend]:
    for rule in spec["rules"]:
        for item in rule["backendRefs"]:
            if item["kind"].text in ("", "Service"):
                yield _backend(path, item, known_text(item["namespace"]) or "")


def _of_virtual_service(path: str, spec: Node) -> Iterator[Backend]:
    for field in ("http", "tls", "tcp"):
        for rule in spec[field]:
            for item in rule["route"]:
                destination = item["destination"]
                name, _, rest = (known_text(destination["host"]) or "").partition(".")
                port = _port(destination.at("port", "number"))
                yield Backend(place(path, destination), name, rest.partition(".")[0], port)


def _backend(path: str, item: Node, namespace: str) -> Backend:
    return Backend(place(path, item), name_of(item), namespace, _port(item["port"]))


def _port(node: Node) -> int | str | None:
    number = as_int(node)
    return known_text(node) if number is None else number
