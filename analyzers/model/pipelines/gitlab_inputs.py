"""`$[[ inputs.name ]]` in configurations that declare inputs, replaced by what the include gives.

https://docs.gitlab.com/ci/inputs/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzers.parsers.yaml_node import Alias, Entry, Node, Scalar
from analyzers.parsers.yaml_node import Mapping as YamlMapping
from analyzers.parsers.yaml_node import Sequence as YamlSequence

_INPUT = re.compile(r"\$\[\[\s{0,20}inputs\.([\w-]{1,200})\s{0,20}(?:\|\s{0,20}expand_vars\s{0,20})?\]\]")
MARK = "$[["
"""What is left of it in a text is not known."""
Inputs = Mapping[str, Node]


def declared_inputs(documents: Sequence[Node], given: Node | None) -> Inputs | None:
    """The inputs of a file with their values, given ones before defaults; None where it declares none."""
    if len(documents) < 2 or not documents[0]["spec"]:
        return None
    values: dict[str, Node] = {}
    for name, entry in documents[0].at("spec", "inputs").items():
        chosen = given[name] if given is not None and given[name] else entry.value.target["default"]
        if (given is not None and given.entry(name)) or entry.value.target.entry("default"):
            values[name] = chosen
    return values


def put_in(root: Node, inputs: Inputs) -> Node:
    """The configuration with its inputs in their places."""
    return _Replacer(inputs).node(root)


class _Replacer:
    """Rebuilds a tree; what is shared in it stays shared."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._done: dict[int, Node] = {}

    def node(self, node: Node) -> Node:
        key = id(node)
        if key not in self._done:
            self._done[key] = node
            self._done[key] = self._replaced(node)
        return self._done[key]

    def _replaced(self, node: Node) -> Node:
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, YamlSequence):
            return replace(node, elements=tuple(map(self.node, node.elements)))
        if isinstance(node, YamlMapping):
            entries = (Entry(self.node(entry.key), self.node(entry.value)) for entry in node.entries)
            return replace(node, entries=tuple(entries))
        if isinstance(node, Alias) and node.anchored is not None:
            return replace(node, anchored=self.node(node.anchored))
        return node

    def _scalar(self, node: Scalar) -> Node:
        if MARK not in node.content:
            return node
        whole = _INPUT.fullmatch(node.content.strip())
        if whole and isinstance(value := self._inputs.get(whole[1]), (Scalar, YamlSequence)):
            return replace(value, span=node.span)
        return replace(node, content=_INPUT.sub(self._text, node.content))

    def _text(self, found: re.Match[str]) -> str:
        value = self._inputs.get(found[1])
        return value.text if isinstance(value, Scalar) else found[0]
