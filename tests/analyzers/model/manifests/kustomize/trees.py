"""Trees as plain values and places, and kustomizations as what they yield."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from typing import Any

from analyzers.model.manifests.kustomize import Resolver, Resource, by_folder, read_kustomization
from analyzers.parsers.yaml_node import Mapping, Node, Sequence
from analyzers.parsers.yaml_tree import parse_yaml
from tests.analyzers.documents import document


def plain(node: Node) -> Any:
    """What a tree says, all scalars as text."""
    if isinstance(node, Mapping):
        return {name: plain(entry.value.target) for name, entry in node.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return node.text if node else None


def tree(text: str) -> Any:
    return plain(document(text))


def build(files: Dictionary[str, str], root: str = "prod") -> list[Resource]:
    """What the kustomization of a folder yields."""
    resources, _ = build_with_remarks(files, root)
    return resources


def build_with_remarks(
    files: Dictionary[str, str], root: str = "prod"
) -> tuple[list[Resource], list[tuple[str, str]]]:
    """The same, with the (path, reason) of what is not resolved."""
    parsed = {path: parse_yaml(text) for path, text in files.items() if path.endswith(".yaml")}
    found = [read_kustomization(path, parsed[path]) for path in parsed if path.endswith("kustomization.yaml")]
    kustomizations = by_folder(each for each in found if each)
    remarks: list[tuple[str, str]] = []
    resolver = Resolver(
        kustomizations, parsed.get, files.get, lambda path, reason, line: remarks.append((path, reason))
    )
    return list(resolver.resolve(kustomizations[root])), remarks
