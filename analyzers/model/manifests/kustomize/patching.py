"""Patches put on the objects they are meant for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analyzers.model.manifests.kustomize.json_patch import Misfit, apply_operations
from analyzers.model.manifests.kustomize.kustomization import Patch
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.strategic_merge import Merge
from analyzers.model.manifests.kustomize.target import selects
from analyzers.model.manifests.objects import group_of
from analyzers.model.yaml_facts import known_text, name_of
from analyzers.parsers.yaml_edit import with_entry
from analyzers.parsers.yaml_node import Mapping, Node
from analyzers.parsers.yaml_node import Sequence as YamlSequence

Spend = Callable[[int], None]


def apply_patch(
    resources: Sequence[Resource],
    document: Node,
    patch: Patch,
    spend: Spend,
    *,
    merges_lists: bool,
) -> list[Resource]:
    """The objects under one document of a patch, without those that it deletes."""
    spend(len(resources))
    after = []
    for resource in resources:
        chosen = selects(patch.target, resource) if patch.target else _is_named_by(document, resource)
        if chosen is None:
            after.append(resource.in_doubt())
        elif not chosen:
            after.append(resource)
        elif patched := _patched(resource, document, patch, spend, merges_lists=merges_lists):
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


def _patched(
    resource: Resource, document: Node, patch: Patch, spend: Spend, *, merges_lists: bool
) -> Resource | None:
    if isinstance(document, YamlSequence):
        try:
            return resource.under(apply_operations(resource.node, document, spend))
        except Misfit:
            return resource.in_doubt()
    if not isinstance(document, Mapping):
        return resource.in_doubt()
    node = Merge(merges_lists or resource.is_own_kind, spend).apply(resource.node, document)
    if node is None:
        return None
    if not patch.may_rename:
        node = _with_name(node, resource.node)
    if not patch.may_change_kind:
        return resource.under(_with_kind(node, resource.node))
    kind, group = known_text(node["kind"]) or resource.kind, group_of(node) or ""
    return replace(resource.under(node), kind=kind, group=group)


def _with_kind(node: Node, before: Node) -> Node:
    for field in ("apiVersion", "kind"):
        if known := before.entry(field):
            node = with_entry(node, known)
    return node


def _with_name(node: Node, before: Node) -> Node:
    metadata, name = node["metadata"], before["metadata"].entry("name")
    known_metadata = node.entry("metadata")
    if name is None or known_metadata is None or metadata.entry("name") is name:
        return node
    return with_entry(node, type(known_metadata)(known_metadata.key, with_entry(metadata, name)))
