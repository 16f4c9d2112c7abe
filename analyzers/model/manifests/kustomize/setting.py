"""What a kustomization sets on many objects at once: replicas, labels, annotations."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.manifests.kustomize.kustomization import LabelSet
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.workloads import TEMPLATES
from analyzers.parsers.yaml_edit import change, mapping_node, with_value
from analyzers.parsers.yaml_node import Node

_SCALED = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_LABELLED = frozenset(TEMPLATES) - {"Pod", "Rollout", "Service"}
"""Kinds with a pod template that kustomize knows of itself."""


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
    """The tree with texts added to a mapping of it, which is made with all around it where there is none."""
    if keys:
        inner = node[keys[0]] or mapping_node(pairs, ())
        return with_value(node, keys[0], _with_pairs(inner, keys[1:], pairs))
    for name, entry in pairs.items():
        node = with_value(node, name, entry.value.target)
    return node
