"""Gateways: the ports on which a cluster lets requests in."""

from __future__ import annotations

from itertools import islice

from analyzers.model.cluster import Gateway, Listener
from analyzers.model.manifests.objects import group_of
from analyzers.model.yaml_facts import known_text, known_texts, name_of, place
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_int

MOST_LISTENERS = 500


def read_gateway(path: str, node: Node) -> Gateway:
    """The Gateway API's, with `listeners`, and Istio's, with `servers`.

    https://gateway-api.sigs.k8s.io/reference/spec/#gateway,
    https://istio.io/latest/docs/reference/config/networking/gateway/
    """
    metadata, spec = node["metadata"], node["spec"]
    listeners = [_listener(path, item) for item in islice(spec["listeners"], MOST_LISTENERS)]
    servers = [_server(path, item) for item in islice(spec["servers"], MOST_LISTENERS)]
    parts = (node, spec, spec["listeners"], spec["servers"])
    return Gateway(
        path=path,
        at=place(path, node.entry("kind") or node),
        group=group_of(node) or "",
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        listeners=(*listeners, *servers),
        annotations=known_texts(metadata["annotations"]),
        class_name=known_text(spec["gatewayClassName"]) or "",
        is_complete=all(part.is_complete and not part.text for part in parts),
    )


def _listener(path: str, item: Node) -> Listener:
    host = known_text(item["hostname"])
    return Listener(
        at=place(path, item),
        port=as_int(item["port"]),
        protocol=_capitals(item["protocol"]),
        name=name_of(item),
        hosts=(host,) if host else (),
        tls_mode=_capitals(item.at("tls", "mode")) or "",
    )


def _server(path: str, item: Node) -> Listener:
    hosts = (known_text(each) for each in islice(item["hosts"], MOST_LISTENERS))
    return Listener(
        at=place(path, item),
        port=as_int(item.at("port", "number")),
        protocol=_capitals(item.at("port", "protocol")),
        name=name_of(item["port"]),
        hosts=tuple(host for host in hosts if host and host != "*"),
        tls_mode=_capitals(item.at("tls", "mode")) or "",
    )


def _capitals(node: Node) -> str | None:
    text = known_text(node)
    return text.upper() if text else None
