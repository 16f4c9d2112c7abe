"""A template's documents with all that the chart's values decide, each part with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from analyzers.model.charts.branches import NAMED_LISTS, unite_items, unite_keys, unknown_at
from analyzers.model.charts.evaluation import Evaluation
from analyzers.model.charts.filling import fill
from analyzers.model.charts.outcome import Known, Outcome, call_name
from analyzers.model.charts.output import Output, read_output
from analyzers.model.charts.release import DEEPEST, Release
from analyzers.model.charts.relocation import Allowance, N, Origin
from analyzers.model.charts.switches import is_left_out
from analyzers.parsers.helm.template import HelmTemplate
from analyzers.parsers.placeholder import PLACEHOLDER, symbol
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar, Sequence

_DEEPEST_NODE = 100
_SEPARATOR = re.compile(r"^---", re.M)


def resolve(
    release: Release, path: str, template: HelmTemplate, allowance: Allowance | None = None
) -> tuple[Node, ...]:
    """The documents of a file of the chart. Raises Unreadable where they grow too large."""
    evaluation = Evaluation(template.source, release.dot, release, allowance or Allowance(), 0, path)
    documents = Resolution(release, template, evaluation, Origin()).every()
    return tuple(each for each in documents if not is_left_out(evaluation, each))


class Resolution:
    """Fills in one template, or one call of a named one."""

    def __init__(
        self, release: Release, template: HelmTemplate, evaluation: Evaluation, origin: Origin, depth: int = 0
    ) -> None:
        self._release = release
        self._template = template
        self._evaluation = evaluation
        self._origin = origin
        self._depth = depth
        self._outputs: dict[int, Output] = {}

    def every(self) -> tuple[Node, ...]:
        """The documents of a file, each of which may be all that a named template prints."""
        documents = self.documents()
        outputs = self._own_outputs()
        if any(documents) or len(outputs) > len(_SEPARATOR.findall(self._template.source.text)) + 1:
            return documents
        printed = (self._output(number, self._depth).node for number in outputs)
        return tuple(node for node in printed if isinstance(node, Mapping) and node.entries)

    def documents(self) -> tuple[Node, ...]:
        return tuple(self._node(root, self._depth) for root in self._template.documents)

    def whole(self) -> Output:
        """The one document of a named template."""
        documents = self.documents()
        if len(documents) == 1:
            column = self._template.documents[0].span.column
            return Output(documents[0], column - 1)
        outputs = self._own_outputs()
        if documents or len(outputs) > 1:
            return Output()
        return self._output(outputs[0], self._depth) if outputs else Output(is_empty=True)

    def _own_outputs(self) -> list[int]:
        return [
            number for number, action in enumerate(self._template.source.actions) if action.kind == "output"
        ]

    def _node(self, node: Node, depth: int, key: str = "", indent: int = 0) -> Node:
        self._evaluation.allowance.take()
        node = node.target
        if depth > _DEEPEST_NODE:
            return unknown_at(node)
        if isinstance(node, Mapping):
            return self._mapping(node, depth)
        if isinstance(node, Sequence):
            return self._sequence(node, depth, key)
        return self._scalar(node, indent, depth) if isinstance(node, Scalar) else node

    def _mapping(self, node: Mapping, depth: int) -> Mapping:
        indent = node.span.column - 1
        entries = [
            Entry(key, self._node(entry.value, depth + 1, key.text, indent))
            for entry in node.entries
            for key in (self._node(entry.key, depth + 1),)
        ]
        gaps: list[int] = []
        for number in node.gaps:
            output = self._output(number, depth)
            at = self._indent_of(number, output)
            if isinstance(output.node, Mapping) and at == indent:
                if _is_another(output.node, entries):
                    continue
                entries += output.node.entries
                if not output.node.is_complete:
                    gaps.append(number)
            elif output.node is None and output.name and at == indent:
                entries.append(self._symbol_entry(node, output.name))
            elif not output.is_empty and (at < 0 or output.node is None):
                gaps.append(number)
        return self._moved(replace(node, entries=unite_keys(entries), gaps=tuple(gaps)))

    def _sequence(self, node: Sequence, depth: int, key: str) -> Sequence:
        elements = [self._node(element, depth + 1) for element in node.elements]
        gaps: list[int] = []
        for number in node.gaps:
            output = self._output(number, depth)
            if isinstance(output.node, Sequence):
                elements += output.node.elements
            elif not output.is_empty and (output.node is None or self._indent_of(number, output) < 0):
                gaps.append(number)
        united = unite_items(elements) if key in NAMED_LISTS else tuple(elements)
        return self._moved(replace(node, elements=united, gaps=tuple(gaps)))

    def _scalar(self, node: Scalar, indent: int, depth: int) -> Node:
        if node.gaps:
            return self._filled(node, indent, depth)
        if PLACEHOLDER not in node.content:
            return self._moved(node)
        return self._moved(fill(node, self._evaluation, self._symbol))

    def _filled(self, node: Scalar, indent: int, depth: int) -> Node:
        """What stands after a key whose value is on the lines of an action."""
        outputs = [self._output(number, depth) for number in node.gaps]
        inside = [
            output
            for number, output in zip(node.gaps, outputs, strict=True)
            if not output.is_empty and self._lies_below(number, output, indent)
        ]
        if not inside:
            return self._moved(replace(node, content="", gaps=()))
        nodes = [output.node for output in inside if output.node is not None]
        if len(nodes) == len(inside) == 1:
            return nodes[0] if nodes[0].origin else self._moved(replace(nodes[0], span=node.span))
        trees = [each for each in nodes if isinstance(each, Mapping)]
        if trees and len(trees) == len(nodes):
            return _combined(trees, is_whole=len(nodes) == len(inside))
        name = inside[0].name if len(inside) == 1 else ""
        return self._moved(replace(node, content=self._symbol(name)))

    def _lies_below(self, number: int, output: Output, indent: int) -> bool:
        at = self._indent_of(number, output)
        return (
            at < 0
            or output.node is None
            or at > indent
            or (isinstance(output.node, Sequence) and at == indent)
        )

    def _indent_of(self, number: int, output: Output) -> int:
        column = self._template.columns.get(number, -1)
        return column + output.indent if column >= 0 else -1

    def _output(self, number: int, depth: int) -> Output:
        if number not in self._outputs:
            self._outputs[number] = Output()
            expand = partial(self._expand, depth=depth)
            self._outputs[number] = read_output(self._evaluation, number, expand)
        return self._outputs[number]

    def _expand(self, name: str, argument: Outcome, depth: int) -> Output:
        """What a named template prints on lines of its own."""
        found = self._called(name, argument, depth)
        if found.is_empty or isinstance(found.node, Mapping | Sequence):
            return found
        allowance, calls = self._evaluation.allowance, self._evaluation.depth + 1
        printed = self._release.include(name, argument, allowance, calls)
        if isinstance(printed, Known) and not printed.text.strip():
            return Output(is_empty=True)
        return Output(name=call_name(f"include {name}", (argument,)))

    def _called(self, name: str, argument: Outcome, depth: int) -> Output:
        template, defined = self._release.template(name), self._release.defined(name)
        calls = self._evaluation.depth + 1
        if calls > DEEPEST:
            self._release.remark_depth(name)
        if template is None or defined is None or calls > DEEPEST:
            return Output()
        evaluation = Evaluation(template.source, argument, self._release, self._evaluation.allowance, calls)
        return Resolution(self._release, template, evaluation, defined.origin, depth + 1).whole()

    def _symbol(self, name: str) -> str:
        return symbol(self._release.symbol_name(name)) if name else PLACEHOLDER

    def _symbol_entry(self, node: Mapping, name: str) -> Entry:
        key = Scalar(node.span, "", self._symbol(name))
        return Entry(key, Scalar(node.span))

    def _moved(self, node: N) -> N:
        return self._origin.move(node)


def _is_another(node: Mapping, entries: Iterable[Entry]) -> bool:
    """Behind an object stands another one: a separator is printed with it, or else it were no YAML."""
    return bool(node["kind"]) and any(entry.name == "kind" for entry in entries)


def _combined(nodes: list[Mapping], *, is_whole: bool) -> Mapping:
    """The output of several actions under one key."""
    entries = unite_keys(entry for node in nodes for entry in node.entries)
    gaps = tuple(number for node in nodes for number in node.gaps)
    is_complete = is_whole and all(node.complete for node in nodes)
    return replace(nodes[0], entries=entries, complete=is_complete, gaps=gaps)
