"""A chart's values as a template sees them: the parent's over its own, and unknown where environments differ.

Rules: https://helm.sh/docs/chart_template_guide/subcharts_and_globals/
"""

from __future__ import annotations

from itertools import chain

from analyzers.model.charts.relocation import Allowance, Origin, are_alike, relocate
from analyzers.parsers.light import light_value
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar, Sequence

_NOWHERE = Span(1, 1, 1, 1)


@light_value
class Layer:
    """A value, and the file that says it."""

    path: str
    node: Node


@light_value
class Values:
    """What stands at one path of the values. The first layer wins; variants are other environments'."""

    name: str
    """`.Values.image.tag`: where it is looked up."""
    layers: tuple[Layer, ...] = ()
    variants: tuple[Layer, ...] = ()

    def __getitem__(self, key: str) -> Values:
        return Values(f"{self.name}.{key}", _below(self.layers, key), _below(self.variants, key))

    @property
    def is_there(self) -> bool:
        """A file of values names it."""
        return bool(self.layers)

    @property
    def node(self) -> Node:
        """What the strongest layer says, as it stands in its file."""
        return self.layers[0].node.target if self.layers else Scalar(_NOWHERE)

    @property
    def path(self) -> str:
        return self.layers[0].path

    @property
    def is_disputed(self) -> bool:
        """Another environment says something else; of mappings each entry is asked alone."""
        if isinstance(self.node, Mapping):
            return not all(isinstance(each.node.target, Mapping) for each in self.variants)
        return not all(are_alike(each.node, self.node) for each in self.variants)

    def located(self, allowance: Allowance, depth: int = 0) -> Node:
        """All of it as one tree, each part with the file and line it comes from."""
        if self.is_disputed or depth > 60:
            return Scalar(self.node.span, "", PLACEHOLDER, origin=self.path)
        if not isinstance(self.node, Mapping):
            return relocate(self.node, Origin(self.path), allowance)
        names = dict.fromkeys(chain.from_iterable(_names(layer) for layer in self.layers))
        allowance.take(len(names))  # all at once: of what is too much nothing is written out
        entries = tuple(self._entry(name, allowance, depth) for name in names)
        others = set(chain.from_iterable(_names(layer) for layer in self.variants))
        span, tag = self.node.span, self.node.tag
        return Mapping(span, tag, entries, others <= names.keys(), origin=self.path)

    def _entry(self, name: str, allowance: Allowance, depth: int) -> Entry:
        value = self[name]
        entry = value._written(name, self.layers)
        return Entry(Origin(value.path).move(entry.key), value.located(allowance, depth + 1))

    @staticmethod
    def _written(name: str, layers: tuple[Layer, ...]) -> Entry:
        entries = (layer.node.target.entry(name) for layer in layers)
        return next(entry for entry in entries if entry)


def _below(layers: tuple[Layer, ...], key: str) -> tuple[Layer, ...]:
    """What the layers say of a key. A scalar hides what weaker layers say below it."""
    found: list[Layer] = []
    for layer in layers:
        if PLACEHOLDER in layer.node.text:
            found.append(layer)
            continue
        if not isinstance(layer.node.target, Mapping):
            break
        entry = layer.node.target.entry(key)
        if entry:
            found.append(Layer(layer.path, entry.value.target))
    return tuple(found)


def unknown_below(names: tuple[str, ...]) -> Layer:
    """A variant that leaves open what stands at a path."""
    node: Node = Scalar(_NOWHERE, "", PLACEHOLDER)
    for name in reversed(names):
        node = Mapping(_NOWHERE, entries=(Entry(Scalar(_NOWHERE, content=name), node),))
    return Layer("", node)


def _names(layer: Layer) -> tuple[str, ...]:
    return tuple(name for name, _ in layer.node.target.items())


def is_empty(values: Values) -> bool:
    """A mapping or list without anything: users are meant to fill it."""
    node = values.node
    return isinstance(node, Mapping | Sequence) and not _size(values)


def _size(values: Values) -> int:
    node = values.node
    if isinstance(node, Sequence):
        return len(node.elements)
    return sum(len(_names(layer)) for layer in values.layers if isinstance(layer.node, Mapping))
