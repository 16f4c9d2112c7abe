"""What a kustomization sets on many objects at once: images, replicas, labels, annotations."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.manifests.kustomize.kustomization import LabelSet
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.workloads import TEMPLATES
from analyzers.model.yaml_facts import known_text
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.yaml_edit import change, change_each, mapping_node, text_node, with_value
from analyzers.parsers.yaml_node import Node

_SCALED = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_LABELLED = frozenset(TEMPLATES) - {"Pod", "Rollout", "Service"}
"""Kinds with a pod template that kustomize knows of itself."""


def set_images(resource: Resource, overrides: Mapping[str, Node]) -> Resource:
    """Images under new names, tags or digests, each at the place of what sets it."""
    if resource.kind not in TEMPLATES or not overrides:
        return resource

    def container(item: Node) -> Node:
        image = item["image"]
        name, tag = split_image(image.text)
        override = overrides.get(name) if image else None
        return with_value(item, "image", _image(name, tag, override)) if override else item

    node = resource.node
    for field in ("containers", "initContainers"):
        keys = (*TEMPLATES[resource.kind], "spec", field)
        node = change(node, keys, lambda items: change_each(items, container))
    return resource.under(node)


def split_image(image: str) -> tuple[str, str]:
    """An image's name, and the `:tag` and `@digest` behind it."""
    name, at, digest = image.partition("@")
    slash = name.rfind("/")
    colon = name.find(":", slash + 1)
    return (name, f"{at}{digest}") if colon < 0 else (name[:colon], f"{name[colon:]}{at}{digest}")


def _image(name: str, behind: str, override: Node) -> Node:
    """A digest goes before a tag; a new tag drops the old digest."""
    new_name, tag, digest = override["newName"], override["newTag"], override["digest"]
    written = [part for part in (tag, digest, new_name) if part]
    if any(known_text(part) is None for part in written) or not written or override["tagSuffix"]:
        return text_node(PLACEHOLDER, override)
    if tag or digest:
        behind = (f":{tag.text}" if tag else "") + (f"@{digest.text}" if digest else "")
    return text_node(f"{new_name.text or name}{behind}", written[0])


def set_replicas(resource: Resource, counts: Mapping[str, Node]) -> Resource:
    if resource.kind not in _SCALED or not counts:
        return resource
    found = next((counts[name] for name in (resource.name, *resource.names) if name in counts), None)
    if found is None:
        return resource
    return resource.under(change(resource.node, ("spec",), lambda spec: with_value(spec, "replicas", found)))


def set_labels(resource: Resource, labels: LabelSet) -> Resource:
    node = _with_pairs(resource.node, ("metadata", "labels"), labels.pairs)
    if labels.on_templates and resource.kind in _LABELLED:
        node = _with_pairs(node, (*TEMPLATES[resource.kind], "metadata", "labels"), labels.pairs)
    if labels.on_selectors:
        if resource.kind == "Service" and not resource.group:
            node = _with_pairs(node, ("spec", "selector"), labels.pairs)
        elif node.at("spec", "selector", "matchLabels"):
            node = _with_pairs(node, ("spec", "selector", "matchLabels"), labels.pairs)
    return resource.under(node)


def set_annotations(resource: Resource, pairs: Node) -> Resource:
    node = _with_pairs(resource.node, ("metadata", "annotations"), pairs)
    if resource.kind in _LABELLED:
        node = _with_pairs(node, (*TEMPLATES[resource.kind], "metadata", "annotations"), pairs)
    return resource.under(node)


def _with_pairs(node: Node, keys: tuple[str, ...], pairs: Node) -> Node:
    """The tree with texts added to a mapping of it, which is made where there is none."""

    def add(mapping: Node) -> Node:
        inner = mapping[keys[-1]] or mapping_node(pairs, ())
        for name, entry in pairs.items():
            inner = with_value(inner, name, entry.value.target)
        return with_value(mapping, keys[-1], inner)

    if len(keys) > 1 and not node.at(*keys[:-1]):
        return node
    return change(node, keys[:-1], add)
