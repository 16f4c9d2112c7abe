"""Strategic merge patches, as kustomize applies them.

Directives: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from analyzers.parsers.light import light_value
from analyzers.parsers.yaml_edit import with_elements, with_entries
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar, Sequence

_NUMBERS = ("containerPort", "port")

# What tells the elements of a list apart; lists not named here are replaced as a whole.
# https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
_KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("containers", "initContainers", "ephemeralContainers", "volumes", "env", "imagePullSecrets"),
        ("name",),
    ),
    "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",),
    "hostAliases": ("ip",),
    "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
    "ports": (*_NUMBERS, "protocol"),
    "secrets": ("name",),
}
_DIRECTIVE, _RETAIN, _FROM_LIST = "$patch", "$retainKeys", "$deleteFromPrimitiveList/"
_ORDER = "$setElementOrder/"


@light_value
class Merge:
    """How to merge. Kinds that Kubernetes does not know itself have no keyed lists."""

    has_keyed_lists: bool
    spend: Callable[[int], None]
    """Takes the nodes looked at from a budget; raises where it is used up."""

    def apply(self, base: Node, patch: Node) -> Node | None:
        """The object under a patch; None where the patch deletes it."""
        directive = patch[_DIRECTIVE].text
        if directive == "delete":
            return None
        if directive == "replace":
            return _clean(patch)
        return self._mapping(base, patch)

    def _value(self, base: Node, patch: Node, name: str) -> Node:
        if isinstance(base, Mapping) and isinstance(patch, Mapping):
            return self._mapping(base, patch)
        if isinstance(base, Sequence) and isinstance(patch, Sequence):
            return self._sequence(base, patch, name)
        if isinstance(base, Scalar) and isinstance(patch, Scalar) and _are_equal(base, patch):
            return base
        return _clean(patch)

    def _mapping(self, base: Node, patch: Node) -> Node:
        self.spend(len(base.items()) + len(patch.items()))
        entries = dict(base.items())
        for name, entry in patch.items():
            if not name.startswith("$"):
                self._put(entries, name, entry)
            elif name.startswith(_FROM_LIST):
                _take_out(entries, name.removeprefix(_FROM_LIST), entry.value.target)
        if patch[_RETAIN]:
            kept = {item.text for item in patch[_RETAIN]}
            entries = {name: entry for name, entry in entries.items() if name in kept}
        merged = with_entries(base, entries.values())
        return merged if patch.is_complete and _is_understood(patch) else replace(merged, complete=False)

    def _put(self, entries: dict[str, Entry], name: str, entry: Entry) -> None:
        patch, known = entry.value.target, entries.get(name)
        if not patch or patch[_DIRECTIVE].text == "delete":
            entries.pop(name, None)
        elif known is None or patch[_DIRECTIVE].text == "replace":
            entries[name] = Entry(entry.key, _clean(patch))
        else:
            base = known.value.target
            value = self._value(base, patch, name)
            entries[name] = Entry(known.key if value.origin == known.key.origin else entry.key, value)

    def _sequence(self, base: Sequence, patch: Sequence, name: str) -> Node:
        """The patch's elements in its order, over those of one key in the base; then the base's others."""
        keys = _KEYS.get(name)
        self.spend(len(base.elements) + len(patch.elements))
        directives = {item[_DIRECTIVE].text for item in patch}
        if keys is None or not self.has_keyed_lists or "replace" in directives:
            return with_elements(patch, [_clean(item) for item in patch if not _is_bare(item)])
        elements: dict[object, Node] = {_key(item, keys): item for item in base}
        merged: dict[object, Node] = {}
        for item in _heeded(base, patch) if "protocol" in keys else patch:
            key = _key(item, keys)
            known = elements.pop(key, None)
            if item[_DIRECTIVE].text != "delete":
                merged[key] = _clean(item) if known is None else self._mapping(known, item)
        return with_elements(base, (*merged.values(), *elements.values()))


def _key(item: Node, keys: tuple[str, ...]) -> object:
    """What an element is known by; an element without key is like no other."""
    found = tuple(item[key].text for key in keys)
    return (
        found if any(part for key, part in zip(keys, found, strict=True) if key != "protocol") else id(item)
    )


def _heeded(base: Sequence, patch: Sequence) -> Iterator[Node]:
    """The ports of a patch without those that kustomize loses.

    Of two of one number, only one of which names its protocol, it keeps the base's as it is.
    """
    known = {_key(item, _NUMBERS): bool(item["protocol"]) for item in base}
    for item in patch:
        if known.get(_key(item, _NUMBERS), bool(item["protocol"])) == bool(item["protocol"]):
            yield item


def _are_equal(base: Scalar, patch: Scalar) -> bool:
    return base.content == patch.content and bool(base.style) == bool(patch.style)


def _is_bare(item: Node) -> bool:
    """An element that is nothing but a directive."""
    return bool(item[_DIRECTIVE]) and len(item.items()) == 1


def _is_understood(patch: Node) -> bool:
    known = (_DIRECTIVE, _RETAIN)
    return all(
        name in known or name.startswith((_ORDER, _FROM_LIST))
        for name, _ in patch.items()
        if name.startswith("$")
    )


def _take_out(entries: dict[str, Entry], name: str, texts: Node) -> None:
    """Removes texts from a list of texts."""
    known = entries.get(name)
    if known:
        gone = {item.text for item in texts}
        kept = [item for item in known.value.target if item.text not in gone]
        entries[name] = Entry(known.key, with_elements(known.value.target, kept))


def _clean(patch: Node) -> Node:
    """What a patch adds, without its own directives and nulls."""
    if not isinstance(patch, Mapping):
        return patch
    kept = [entry for name, entry in patch.items() if not name.startswith("$") and entry.value.target]
    return patch if len(kept) == len(patch.entries) else with_entries(patch, kept)
