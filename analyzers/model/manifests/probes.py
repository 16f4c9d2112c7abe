"""Probes of a container, with the defaults Kubernetes gives them.

Defaults: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe
"""

from __future__ import annotations

from typing import Literal

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.workload import Probe
from analyzers.model.yaml_facts import known_text, place
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_int, as_words

_HANDLERS: tuple[tuple[str, Literal["http", "tcp", "grpc", "exec"]], ...] = (
    ("httpGet", "http"),
    ("tcpSocket", "tcp"),
    ("grpc", "grpc"),
    ("exec", "exec"),
)


def read_probe(path: str, entry: Entry | None) -> Probe | None:
    """The probe that a field of a container holds."""
    if entry is None or not entry.value.target:
        return None
    node, at = entry.value.target, place(path, entry)
    kind, handler = _handler(node)
    probe_path = _path(kind, handler)
    return Probe(
        at=at,
        kind=kind,
        path=probe_path,
        port=_port(path, handler),
        command=as_words(handler["command"]) or (),
        initial_delay=_number(node, "initialDelaySeconds", 0),
        period=_number(node, "periodSeconds", 10),
        timeout=_number(node, "timeoutSeconds", 1),
        failure_threshold=_number(node, "failureThreshold", 3),
        success_threshold=_number(node, "successThreshold", 1),
        scheme=known_text(handler["scheme"]) or "HTTP",
        path_at=place(path, handler["path"]) if handler["path"] else None,
        places=_places(path, node),
        handlers=tuple(key for key, _ in _HANDLERS if node[key]),
        service=known_text(handler["service"]) or "",
        whole=place(path, node),
        numbers=_numbers(node),
        asks_elsewhere=bool(handler["host"]),
    )


def _handler(node: Node) -> tuple[Literal["http", "tcp", "grpc", "exec", "unknown"], Node]:
    for key, kind in _HANDLERS:
        if node[key]:
            return kind, node[key]
    return "unknown", node["handler"]


def _path(kind: str, handler: Node) -> str | None:
    """The path asked for, `/` by default; None where templated and for other kinds."""
    if kind != "http":
        return None
    if handler["path"]:
        return known_text(handler["path"])
    return "/" if handler.is_complete and handler.items() else None


def _port(path: str, handler: Node) -> Fact[int | str] | None:
    port = handler["port"]
    if not port:
        return None
    number = as_int(port)
    return Fact(known_text(port) if number is None else number, place(path, port))


def _number(node: Node, key: str, default: int) -> int | None:
    """A number of the probe. Kubernetes takes 0 for `not set`; so do we."""
    if node[key]:
        number = as_int(node[key])
        return default if number == 0 else number
    return default if node.items() and node.is_complete else None


def _numbers(node: Node) -> dict[str, int]:
    read = ((name, as_int(entry.value.target)) for name, entry in node.items())
    return {name: number for name, number in read if number is not None}


def _places(path: str, node: Node) -> dict[str, Location]:
    return {name: place(path, entry.value.target) for name, entry in node.items()}
