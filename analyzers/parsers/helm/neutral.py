"""A template's text with its actions replaced in place: YAML whose lines and columns stay true.

Nothing is rendered. What an action would print is unknown: inline it becomes a stand-in that tells the
action's number, on its own line it leaves the line empty, and a hole says where its output would stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.parsers.helm.actions import Action
from analyzers.parsers.helm.blocks import Blocks
from analyzers.parsers.placeholder import stand_in
from analyzers.parsers.position import LineIndex
from analyzers.parsers.yaml_template import Hole

_NOT_NEWLINE = re.compile(r"[^\n]")


def neutralise(text: str, actions: Sequence[Action], blocks: Blocks) -> tuple[str, tuple[Hole, ...]]:
    """The text as YAML, and the places where the output of an action is not seen in it."""
    bare = _blank(text, _areas(actions, blocks))
    around = _surroundings(bare, actions)
    followed = {
        line for action, (line, _, last) in zip(actions, around, strict=True) if last and _follows(action)
    }
    pieces: list[str] = []
    holes: list[Hole] = []
    index, done = LineIndex(text), 0
    for number, action in _outside_definitions(actions, blocks):
        line, alone, last = around[number]
        pieces.append(bare[done : action.start])
        done = action.end
        is_silent = _is_silent(number, actions, blocks, index)
        if is_silent or alone or (last and line in followed):
            pieces.append(bare[action.start : action.end])
        else:
            pieces.append(_inline(number, text[action.start : action.end]))
            continue
        if action.kind == "output":
            holes.append(_hole(number, action, alone, index))
    return _without_blank_lines(text, "".join((*pieces, bare[done:]))), tuple(holes)


def _follows(action: Action) -> bool:
    """Its output stands on the lines after it."""
    return action.starts_line or action.is_yaml


def _is_silent(number: int, actions: Sequence[Action], blocks: Blocks, index: LineIndex) -> bool:
    """It prints nothing, and what it encloses is not all on its line."""
    action = actions[number]
    if action.kind != "control" or action.word not in ("if", "with", "range", "else", "end"):
        return action.kind != "output"
    first, last = blocks.extents.get(number, (number, number))
    return first == last or index.point(actions[first].start)[0] != index.point(actions[last].start)[0]


def _hole(number: int, action: Action, alone: bool, index: LineIndex) -> Hole:
    line, column = index.point(action.start)
    if action.starts_line or (column == 1 and action.indent >= 0):
        return Hole(line, action.indent, number)
    return Hole(line, -1 if alone else column - 1, number)


def _areas(actions: Sequence[Action], blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Every action, and every named template as a whole: it prints nothing where it stands."""
    last_of, done = dict(blocks.definitions), 0
    for number, action in enumerate(actions):
        if action.start >= done:
            done = actions[last_of.get(number, number)].end
            yield action.start, done


def _outside_definitions(actions: Sequence[Action], blocks: Blocks) -> Iterator[tuple[int, Action]]:
    last_of, done = dict(blocks.definitions), -1
    for number, action in enumerate(actions):
        if number > done and number in last_of:
            done = last_of[number]
        if number > done:
            yield number, action


def _blank(text: str, areas: Iterator[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in areas:
        pieces.append(text[done:start])
        pieces.append(_NOT_NEWLINE.sub(" ", text[start:end]))
        done = end
    return "".join((*pieces, text[done:]))


def _inline(number: int, action: str) -> str:
    first, newline, rest = action.partition("\n")
    return stand_in(number, len(first)) + newline + _NOT_NEWLINE.sub(" ", rest)


def _surroundings(bare: str, actions: Sequence[Action]) -> list[tuple[int, bool, bool]]:
    """For each action its line, whether only actions stand on it, and whether nothing but actions follows."""
    found = []
    start = end = row = last = -1
    blank = False
    for action in actions:
        if not (start <= action.start and action.end <= end):
            start, end = _line_around(bare, action)
            line = bare[start:end]
            row, blank, last = action.start, not line.strip(), start + len(line.rstrip())
        found.append((row, blank, last <= action.start))
    return found


def _line_around(text: str, action: Action) -> tuple[int, int]:
    end = text.find("\n", action.end)
    return text.rfind("\n", 0, action.start) + 1, end if end >= 0 else len(text)


def _without_blank_lines(text: str, neutral: str) -> str:
    """Lines that are blank because of actions, emptied: their blanks would count in a block scalar."""
    pairs = zip(text.split("\n"), neutral.split("\n"), strict=True)
    return "\n".join(line if line.strip() or not was.strip() else "" for was, line in pairs)
