"""Namespaces, name prefixes and suffixes, and the references that follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.workloads import TEMPLATES
from analyzers.parsers.yaml_edit import change, change_each, text_node, with_value
from analyzers.parsers.yaml_node import Node

_CLUSTER_WIDE = frozenset({"Namespace", "GatewayClass"})
_CONTAINERS = ("containers", "initContainers")
Rename = Callable[[str, Node], Node]
"""The name of an object of a kind, as a reference holds it, to the one it has now."""


def set_namespace(resource: Resource, namespace: Node) -> Resource:
    if resource.kind in _CLUSTER_WIDE:
        return resource
    return resource.under(_in_metadata(resource.node, "namespace", namespace))


def add_affixes(resource: Resource, prefix: Node, suffix: Node) -> Resource:
    """The object under its new name, whose place is that of the old one."""
    if resource.kind in _CLUSTER_WIDE:
        return resource
    name = resource.node.at("metadata", "name")
    renamed = text_node(f"{prefix.text}{name.text}{suffix.text}", name)
    affixes = (*resource.affixes, (prefix.text, suffix.text))
    return replace(resource.under(_in_metadata(resource.node, "name", renamed)), affixes=affixes)


def follow_names(resources: Sequence[Resource], *, knows_extensions: bool) -> list[Resource]:
    """The objects, their references to renamed ones set right, as kustomize does it at the very end.

    Those of other kinds than Kubernetes' own it follows only where `configurations` tell it how.
    """
    named: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in resources:
        for name in dict.fromkeys((*resource.names, resource.name)):
            named[resource.kind, name].append(resource)
    if not any(resource.names for resource in resources):
        return list(resources)
    return [
        resource.under(_followed(resource, named)) if resource.is_own_kind or knows_extensions else resource
        for resource in resources
    ]


def _followed(resource: Resource, named: Mapping[tuple[str, str], Sequence[Resource]]) -> Node:
    def rename(kind: str, name: Node) -> Node:
        found = named.get((kind, name.text), ())
        akin = [each for each in found if each.affixes == resource.affixes] or found
        wanted = {each.name for each in akin}
        if len(wanted) != 1 or name.text in wanted:
            return name
        return text_node(wanted.pop(), name)

    node = resource.node
    if resource.kind in TEMPLATES:
        node = change(node, (*TEMPLATES[resource.kind], "spec"), lambda pod: _pod(pod, rename))
    for keys in (("spec", "scaleTargetRef"), ("spec", "workloadRef")):
        kind = node.at(*keys, "kind").text or "Deployment"
        node = change(node, (*keys, "name"), _renamer(rename, kind))
    return _ingress(node, rename) if resource.kind == "Ingress" else node


def _renamer(rename: Rename, kind: str) -> Callable[[Node], Node]:
    return lambda name: rename(kind, name)


def _pod(pod: Node, rename: Rename) -> Node:
    for field in _CONTAINERS:
        pod = change(pod, (field,), lambda items: change_each(items, lambda item: _container(item, rename)))
    return change(pod, ("volumes",), lambda items: change_each(items, lambda item: _volume(item, rename)))


def _container(container: Node, rename: Rename) -> Node:
    for field, within in (("env", ("valueFrom",)), ("envFrom", ())):
        ends = ("KeyRef", "Ref") if within else ("Ref",)
        container = change(
            container,
            (field,),
            lambda items, within=within, ends=ends: change_each(  # type: ignore[misc]
                items, lambda item: _reference(item, within, ends, rename)
            ),
        )
    return container


def _reference(item: Node, within: tuple[str, ...], ends: tuple[str, ...], rename: Rename) -> Node:
    for kind, stem in (("ConfigMap", "configMap"), ("Secret", "secret")):
        for end in ends:
            item = change(item, (*within, stem + end, "name"), _renamer(rename, kind))
    return item


def _volume(volume: Node, rename: Rename) -> Node:
    volume = change(volume, ("configMap", "name"), _renamer(rename, "ConfigMap"))
    return change(volume, ("secret", "secretName"), _renamer(rename, "Secret"))


def _ingress(node: Node, rename: Rename) -> Node:
    def path(item: Node) -> Node:
        item = change(item, ("backend", "service", "name"), _renamer(rename, "Service"))
        return change(item, ("backend", "serviceName"), _renamer(rename, "Service"))

    def rule(item: Node) -> Node:
        return change(item, ("http", "paths"), lambda paths: change_each(paths, path))

    node = change(node, ("spec", "defaultBackend", "service", "name"), _renamer(rename, "Service"))
    return change(node, ("spec", "rules"), lambda rules: change_each(rules, rule))


def _in_metadata(node: Node, field: str, value: Node) -> Node:
    return change(node, ("metadata",), lambda metadata: with_value(metadata, field, value))
