"""The text of a kustomization.yaml to what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.manifests.kustomize.kustomization import (
    Generator,
    Kustomization,
    LabelSet,
    Patch,
    Unread,
    resolve_path,
)
from analyzers.model.yaml_facts import known_text, place
from analyzers.parsers.yaml_edit import relocate
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_bool

_BEYOND = ("replacements", "generators", "helmCharts", "helmChartInflationGenerator")


def read_kustomization(path: str, documents: Sequence[Node]) -> Kustomization | None:
    """The kustomization that a file named so holds; None for an empty one."""
    written = next((document.target for document in documents if document.items()), None)
    if written is None:
        return None
    node, _ = relocate(written, path)
    components = _inside(path, node, "components")
    return Kustomization(
        path=path,
        node=node,
        resources=tuple(found for name in ("resources", "bases") for found in _inside(path, node, name)),
        components=components,
        strategic_patches=(*_patches(path, node, "patchesStrategicMerge"), *_patches(path, node, "patches")),
        json_patches=tuple(_patches(path, node, "patchesJson6902")),
        labels=tuple(_labels(node)),
        generators=tuple(_generators(node)),
        unread=tuple(_unread(path, node)),
        is_component=known_text(node["kind"]) == "Component",
        has_remote_components=len(components) < len(tuple(node["components"])),
    )


def _inside(path: str, node: Node, field: str) -> tuple[str, ...]:
    found = (resolve_path(path, item.text) for item in node[field])
    return tuple(name for name in found if name is not None)


def _patches(path: str, node: Node, field: str) -> Iterator[Patch]:
    """A list item that is a text is a file's name, or the patch itself."""
    for item in node[field]:
        is_text = bool(item.text)
        inline = item if is_text and "\n" in item.text else item["patch"]
        file = item.text if is_text and not inline else item["path"].text
        names, kinds = (
            as_bool(item.at("options", option)) is True for option in ("allowNameChange", "allowKindChange")
        )
        yield Patch(place(path, item), resolve_path(path, file), inline, item["target"], names, kinds)


def _labels(node: Node) -> Iterator[LabelSet]:
    if node["commonLabels"]:
        yield LabelSet(node["commonLabels"], on_selectors=True, on_templates=True)
    for item in node["labels"]:
        on_selectors = as_bool(item["includeSelectors"]) is True
        on_templates = on_selectors or as_bool(item["includeTemplates"]) is True or _is_for_pods(item)
        yield LabelSet(item["pairs"], on_selectors, on_templates)


def _is_for_pods(item: Node) -> bool:
    """One of its own `fields` are the labels of pod templates."""
    return any(field["path"].text.endswith("template/metadata/labels") for field in item["fields"])


def _generators(node: Node) -> Iterator[Generator]:
    for field, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        for item in node[field]:
            yield Generator(kind, item)


def _unread(path: str, node: Node) -> Iterator[Unread]:
    for field in _BEYOND:
        if node[field]:
            yield Unread(f"`{field}`", node[field].span.line)
    for field in ("resources", "bases", "components"):
        for item in node[field]:
            if resolve_path(path, item.text) is None:
                yield Unread(f"`{field}` outside the repository", item.span.line)
                break
