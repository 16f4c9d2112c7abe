"""ConfigMaps and Secrets."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from analyzers.model.fact import Fact
from analyzers.model.workload import Settings
from analyzers.model.yaml_facts import known_text, name_of, place
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.yaml_node import Node

_BREAKS = {ord("\n"): None, ord("\r"): None}


def read_settings(path: str, node: Node) -> Settings:
    """A ConfigMap or Secret with the keys that are known."""
    kind, metadata = node["kind"].text, node["metadata"]
    is_secret = kind == "Secret"
    data, other = node["data"], node["stringData" if is_secret else "binaryData"]
    return Settings(
        path=path,
        at=place(path, node.entry("kind") or node),
        kind="Secret" if is_secret else "ConfigMap",
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        data=dict(_values(path, data, is_encoded=is_secret))
        | dict(_values(path, other, is_encoded=not is_secret)),
        is_complete=all(part.is_complete and not part.text for part in (node, data, other)),
    )


def _values(path: str, node: Node, *, is_encoded: bool) -> Iterator[tuple[str, Fact[str]]]:
    for name, entry in node.items():
        if is_known(name):
            value = known_text(entry.value)
            at = place(path, entry.value.target)
            yield name, Fact(_decoded(value) if is_encoded and value is not None else value, at)


def _decoded(value: str) -> str | None:
    try:
        # Line breaks are passed over, as Kubernetes does: a long value stands in a block.
        return base64.b64decode(value.translate(_BREAKS), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
