"""Patches put on the objects they are meant for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzers.model.manifests.kustomize.json_patch import Misfit, apply_operations
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.strategic_merge import Merge
from analyzers.model.manifests.kustomize.target import selects
from analyzers.model.yaml_facts import known_text, name_of
from analyzers.parsers.yaml_edit import with_entry
from analyzers.parsers.yaml_node import Mapping, Node
from analyzers.parsers.yaml_node import Sequence as YamlSequence

Spend = Callable[[int], None]


def apply_patch(
    resources: Sequence[Resource],
    patch: Node,
    target: Node,
    spend: Spend,
    *,
    merges_lists: bool,
) -> list[Resource]:
    """The objects under one document of a patch, without those that it deletes."""
    spend(len(resources))
    after = []
    for resource in resources:
        chosen = selects(target, resource) if target else _is_named_by(patch, resource)
        if chosen is None:
            after.append(resource.in_doubt())
        elif not chosen:
            after.append(resource)
        elif patched := _patched(resource, patch, spend, merges_lists=merges_lists):
            after.append(patched)
    return after


def doubt(resources: Sequence[Resource], target: Node) -> list[Resource]:
    """The objects where a patch that cannot be read may be meant for them."""
    return [
        each.in_doubt() if not target or selects(target, each) is not False else each for each in resources
    ]


def _is_named_by(patch: Node, resource: Resource) -> bool:
    """A strategic merge patch without target names its object itself."""
    metadata = patch["metadata"]
    namespace = known_text(metadata["namespace"])
    return (
        patch["kind"].text == resource.kind
        and patch["apiVersion"].text.rpartition("/")[0] == resource.group
        and resource.is_named(name_of(metadata))
        and namespace in (None, resource.namespace)
    )


def _patched(resource: Resource, patch: Node, spend: Spend, *, merges_lists: bool) -> Resource | None:
    if isinstance(patch, YamlSequence):
        try:
            return resource.under(apply_operations(resource.node, patch, spend))
        except Misfit:
            return resource.in_doubt()
    if not isinstance(patch, Mapping):
        return resource.in_doubt()
    node = Merge(merges_lists or resource.is_own_kind, spend).apply(resource.node, patch)
    return None if node is None else resource.under(_with_identity(node, resource.node))


def _with_identity(node: Node, before: Node) -> Node:
    """What a merge may not change: kind and name."""
    for field in ("apiVersion", "kind"):
        if known := before.entry(field):
            node = with_entry(node, known)
    metadata, name = node["metadata"], before["metadata"].entry("name")
    known_metadata = node.entry("metadata")
    if name is None or known_metadata is None or metadata.entry("name") is name:
        return node
    return with_entry(node, type(known_metadata)(known_metadata.key, with_entry(metadata, name)))
