"""Helm templates as YAML: every `{{ action }}` is replaced in place, so lines and columns stay true.

Nothing is rendered. What an action would print is unknown: inline it becomes a run of PLACEHOLDER,
on its own line it becomes blank, and the mapping it would add to is marked incomplete.
Template syntax: https://helm.sh/docs/chart_template_guide/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import LineIndex
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import MAX_LENGTH, Hole, Template, parse_yaml

_NEXT = re.compile(r'["`]|\}\}')
_STRING_END = re.compile(r'[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_CONTROL = re.compile(
    r"(?:if|else|end|range|with|define|block|break|continue)\b|\$\w*\s*(?:,\s*\$\w+\s*)?:?="
)
_INDENT = re.compile(r"\b(n?indent)\s+\(?\s*(?:int\s+)?(\d{1,3})")
_NOT_NEWLINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Action:
    """One `{{ }}`, by character offsets. `indent` is what `indent` or `nindent` asks for, -1 without."""

    start: int
    end: int
    kind: Literal["comment", "control", "output"]
    indent: int = -1
    starts_line: bool = False
    """It begins its output with a new line (`nindent`)."""
    is_yaml: bool = False
    """It prints a value of any shape (`toYaml`)."""


def chart_folders(paths: Iterable[str]) -> frozenset[str]:
    """The folders of a tree that hold a chart ('' is the root)."""
    return frozenset(posixpath.dirname(path) for path in paths if posixpath.basename(path) == "Chart.yaml")


def is_template(path: str, charts: frozenset[str]) -> bool:
    """The file lies in the `templates` folder of a chart, at any depth."""
    parts = path.split("/")
    folders = enumerate(parts[:-1])
    return any(name == "templates" and "/".join(parts[:depth]) in charts for depth, name in folders)


def parse_template(text: str, max_length: int = MAX_LENGTH) -> tuple[Node, ...]:
    """The documents of a template, unknown where an action decides. Raises Unreadable."""
    if len(text) > max_length:
        return parse_yaml(text, max_length=max_length)
    neutral, holes = _replace(text)
    return parse_yaml(neutral, Template(holes), max_length)


def neutralise(text: str) -> str:
    """The text with every action replaced, of the same length and with the same line ends."""
    return _replace(text)[0]


def find_actions(text: str) -> Iterator[Action]:
    """Every action of a template. One that is never closed ends the search."""
    start = text.find("{{")
    while start >= 0:
        end = _end_of(text, start)
        if end < 0:
            return
        yield _action(text, start, end)
        start = text.find("{{", end)


def _end_of(text: str, start: int) -> int:
    body = text[start + 2 : start + 6].lstrip("- ")
    if body.startswith("/*"):
        closed = text.find("*/", start)
        return _after(text.find("}}", closed)) if closed >= 0 else -1
    position = start + 2
    while found := _NEXT.search(text, position):
        if found.group() == "}}":
            return found.end()
        if found.group() == "`":
            position = text.find("`", found.end()) + 1
        else:
            closing = _STRING_END.match(text, found.end())
            position = closing.end() if closing else 0
        if not position:
            return -1
    return -1


def _after(position: int) -> int:
    return position + 2 if position >= 0 else -1


def _action(text: str, start: int, end: int) -> Action:
    body = text[start + 2 : end - 2].strip("-").strip()
    if body.startswith("/*"):
        return Action(start, end, "comment")
    if _CONTROL.match(body):
        return Action(start, end, "control")
    is_yaml = "toYaml" in body
    asked = _INDENT.findall(body)
    if not asked:
        return Action(start, end, "output", is_yaml=is_yaml)
    function, indent = asked[-1]
    return Action(start, end, "output", int(indent), function == "nindent", is_yaml)


def _replace(text: str) -> tuple[str, tuple[Hole, ...]]:
    actions = list(find_actions(text))
    bare = _blank(text, actions)
    index, lines = LineIndex(text), _Lines(bare)
    pieces: list[str] = []
    holes: list[Hole] = []
    done = 0
    for action in actions:
        alone, ends_line = lines.surroundings(action)
        follows = ends_line and (action.starts_line or action.is_yaml)
        pieces.append(text[done : action.start])
        done = action.end
        inline = not alone and not follows and action.kind != "comment"
        pieces.append(
            _stand_in(text[action.start : action.end]) if inline else bare[action.start : action.end]
        )
        if not inline and action.kind == "output":
            holes.append(_hole(action, alone, index))
    return "".join((*pieces, text[done:])), tuple(holes)


def _hole(action: Action, alone: bool, index: LineIndex) -> Hole:
    line, column = index.point(action.start)
    if action.starts_line or (column == 1 and action.indent >= 0):
        return Hole(line, action.indent)
    return Hole(line, -1 if alone else column - 1)


def _blank(text: str, actions: list[Action]) -> str:
    pieces: list[str] = []
    done = 0
    for action in actions:
        pieces.append(text[done : action.start])
        pieces.append(_NOT_NEWLINE.sub(" ", text[action.start : action.end]))
        done = action.end
    return "".join((*pieces, text[done:]))


def _stand_in(action: str) -> str:
    first, newline, rest = action.partition("\n")
    return PLACEHOLDER * len(first) + newline + _NOT_NEWLINE.sub(" ", rest)


class _Lines:
    """Tells what stands around an action on its lines; the answer for a line is kept for its next action."""

    def __init__(self, bare: str) -> None:
        self._bare = bare
        self._start = self._end = -1
        self._is_blank = False
        self._last_text = -1

    def surroundings(self, action: Action) -> tuple[bool, bool]:
        """Whether only actions stand on its lines, and whether nothing but actions follows it there."""
        if not (self._start <= action.start and action.end <= self._end):
            self._start = self._bare.rfind("\n", 0, action.start) + 1
            found = self._bare.find("\n", action.end)
            self._end = found if found >= 0 else len(self._bare)
            line = self._bare[self._start : self._end]
            self._is_blank = not line.strip()
            self._last_text = self._start + len(line.rstrip())
        return self._is_blank, self._last_text <= action.start
