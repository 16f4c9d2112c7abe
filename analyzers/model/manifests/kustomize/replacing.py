"""Fields that a `replacements` entry fills: what they hold in the end is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.target import selects
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.yaml_edit import text_node, with_elements, with_value
from analyzers.parsers.yaml_node import Node, Sequence
from analyzers.parsers.yaml_scalar import as_bool

MAX_PARTS = 30
_PART = re.compile(r"(?:\\.|[^.\\\[]|\[[^\]]{0,200}\])+")
_CHOICE = re.compile(r"\[([\w.-]+)=([^\]]*)\]")


def blank(resource: Resource, replacements: Iterable[Node]) -> Resource:
    """The object, unknown where a replacement puts something."""
    for replacement in replacements:
        for target in replacement["targets"]:
            if selects(target["select"], resource) is not False:
                creates = as_bool(target.at("options", "create")) is True
                node = resource.node
                for path in [path.text for path in target["fieldPaths"]] or ["metadata.name"]:
                    parts = tuple(part.replace("\\.", ".") for part in _PART.findall(path[:1_000]))
                    node = _blanked(node, parts, creates) if len(parts) <= MAX_PARTS else node
                resource = resource.under(node)
    return resource


def _blanked(node: Node, parts: tuple[str, ...], creates: bool) -> Node:
    """The tree with nothing known at a path, which `creates` makes where it is not there."""
    if not parts:
        return text_node(PLACEHOLDER, node)
    first, rest = parts[0], parts[1:]
    if isinstance(node, Sequence):
        elements = [
            _blanked(item, rest, creates) if _is_meant(item, index, first) else item
            for index, item in enumerate(node)
        ]
        return with_elements(node, elements)
    if not node[first] and not creates:
        return node
    return with_value(node, first, _blanked(node[first], rest, creates))


def _is_meant(item: Node, index: int, part: str) -> bool:
    found = _CHOICE.fullmatch(part)
    return item[found[1]].text == found[2] if found else part in ("*", str(index))
