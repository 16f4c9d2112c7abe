"""A Helm template read as YAML without rendering it, and the named templates a file defines.

Language: https://helm.sh/docs/chart_template_guide/
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.parsers.helm.actions import MAX_ACTIONS, Action, find_actions
from analyzers.parsers.helm.blocks import Blocks, name_of, read_blocks
from analyzers.parsers.helm.neutral import neutralise
from analyzers.parsers.light import light_record, light_value
from analyzers.parsers.position import LineIndex
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_template import Hole, Template
from analyzers.parsers.yaml_tree import MAX_LENGTH, parse_yaml

_BLOCKS = ("if", "with", "range")


@light_record
class TemplateText:
    """A template's text with its actions and their structure."""

    text: str
    actions: tuple[Action, ...]
    blocks: Blocks


@light_record
class HelmTemplate:
    """The documents of a template. Numbers in their placeholders and gaps are those of `source.actions`."""

    source: TemplateText
    documents: tuple[Node, ...]
    columns: dict[int, int]
    """For each gap how far its output is moved to the right, -1 where that is unknown."""


@light_value
class Definition:
    """A named template: what stands between `define` and `end`, and where that begins."""

    name: str
    body: str
    line: int
    column: int


def parse_template(text: str) -> HelmTemplate:
    """The documents, unknown where an action decides. Raises Unreadable."""
    try:
        source = read_template_text(text)
        neutral, holes = neutralise(text, source.actions, source.blocks)
        optional, repeated = _enclosing(source, text.count("\n") + 2)
        # What an action prints on the last line belongs to a document that ends after it.
        documents = parse_yaml(neutral + "\n", Template(holes, optional, repeated), MAX_LENGTH + 1)
    except Unreadable as problem:
        raise Unreadable(f"template not analysed: {problem.reason}", problem.line) from None
    return HelmTemplate(source, documents, dict(_columns(source, holes, text)))


def find_definitions(text: str) -> tuple[Definition, ...]:
    """The named templates of a file, `_helpers.tpl` or any other. Raises Unreadable."""
    source = read_template_text(text)
    index, found = LineIndex(text), []
    for first, last in source.blocks.definitions:
        opening, closing = source.actions[first], source.actions[last]
        if name := name_of(opening):
            start, end = opening.end, closing.start
            if opening.trims_after:
                start = end - len(text[start:end].lstrip())
            body = text[start:end].rstrip() if closing.trims_before else text[start:end]
            found.append(Definition(name, body, *index.point(start)))
    return tuple(found)


def read_template_text(text: str) -> TemplateText:
    """The actions of a text. Raises Unreadable where it is too long or holds too many."""
    if len(text) > MAX_LENGTH:
        raise Unreadable(f"longer than {MAX_LENGTH:,} characters")
    actions = tuple(find_actions(text))
    if len(actions) == MAX_ACTIONS:
        raise Unreadable(f"more than {MAX_ACTIONS:,} template actions")
    return TemplateText(text, actions, read_blocks(actions))


def _columns(source: TemplateText, holes: Sequence[Hole], text: str) -> list[tuple[int, int]]:
    found = []
    first = len(text) - len(text.lstrip())
    for hole in holes:
        start = source.actions[hole.number].start
        at_start = start <= first or text[start - 1] == "\n"
        found.append((hole.number, 0 if hole.indent < 0 and at_start else hole.indent))
    return found


def _enclosing(source: TemplateText, lines: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each line where the innermost block, and the innermost loop, around it begins; 0 without."""
    index = LineIndex(source.text)
    optional, repeated = [0] * (lines + 1), [0] * (lines + 1)
    stack: list[tuple[int, int]] = []
    line = 0
    for number, action in enumerate(source.actions):
        extent = source.blocks.extents.get(number)
        if not extent or number not in extent or source.actions[extent[0]].word not in _BLOCKS:
            continue
        here = index.point(action.start)[0]
        _fill(optional, repeated, stack, line, here)
        line = here
        if number == extent[1]:
            stack.pop()
        else:
            loop = here if action.word == "range" else stack[-1][1] if stack else 0
            stack.append((here, loop))
    return tuple(optional), tuple(repeated)


def _fill(
    optional: list[int], repeated: list[int], stack: list[tuple[int, int]], first: int, last: int
) -> None:
    if stack:
        for line in range(first + 1, last + 1):
            optional[line], repeated[line] = stack[-1]
