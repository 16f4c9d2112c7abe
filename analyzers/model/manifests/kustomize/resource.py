"""An object on its way through kustomizations."""

from __future__ import annotations

from dataclasses import replace

from analyzers.model.yaml_facts import known_text, name_of
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node

# Objects whose lists kustomize merges by key: those whose schema it has built in.
_OWN_GROUPS = frozenset({"", "apps", "autoscaling", "batch", "extensions", "networking.k8s.io", "policy"})


@light_record
class Resource:
    """`names` are those it had before its present one, the first first; kustomize knows it by all of them."""

    path: str
    """The file that declares it; the nodes without an origin of their own stand there."""
    kind: str
    group: str
    node: Node
    names: tuple[str, ...] = ()
    affixes: tuple[tuple[str, str], ...] = ()
    """The prefixes and suffixes put to its name, each pair by one kustomization."""
    is_complete: bool = True
    """False where something that cannot be read here may have changed it."""

    @property
    def name(self) -> str:
        return name_of(self.node["metadata"])

    @property
    def namespace(self) -> str:
        return known_text(self.node.at("metadata", "namespace")) or ""

    @property
    def is_own_kind(self) -> bool:
        """Of Kubernetes itself, not of an extension."""
        return self.group in _OWN_GROUPS

    def is_named(self, name: str) -> bool:
        return name == self.name or name in self.names

    def under(self, node: Node) -> Resource:
        """The same object as it looks now."""
        if node is self.node:
            return self
        changed = replace(self, node=node)
        return changed if changed.name == self.name else replace(changed, names=(*self.names, self.name))

    def in_doubt(self) -> Resource:
        return replace(self, is_complete=False)
