"""Which actions of a template belong together, and what the dot and the variables are at each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzers.parsers.helm.actions import Action
from analyzers.parsers.light import light_value

_OPENERS = frozenset({"if", "with", "range", "define", "block"})
_WORDS = re.compile(r"(?:else\b\s*)?(?:(?:if|with|range)\b)?\s*")
_ASSIGNMENT = re.compile(r"(?P<names>\$\w*(?:\s*,\s*\$\w*)?)\s*(?P<sign>:?=)\s*(?P<text>.*)", re.S)
_ELSE_WITH = re.compile(r"else\s+with\b")
_NAME = re.compile(r'(?:define|block)\s+(?:"(?P<quoted>[^"\\\n]{1,200})"|`(?P<raw>[^`\n]{1,200})`)')


@light_value
class Scope:
    """One name's meaning, and through `parent` those around it. The dot has the empty name.

    `text` is the pipeline that gives the value, None where it is another one at every turn of a loop.
    """

    parent: Scope | None
    name: str
    text: str | None
    number: int
    """Of the action that sets it."""


@dataclass(slots=True)
class Blocks:
    """The structure of a template, by the numbers of its actions."""

    scopes: list[Scope | None] = field(default_factory=list)
    """For each action the scope it is computed in."""
    next_branch: dict[int, int] = field(default_factory=dict)
    """From an opening action or an `else` to the `else` or `end` that follows it."""
    conditions: dict[int, str] = field(default_factory=dict)
    """The pipelines of `if`, `with` and `else if`."""
    definitions: list[tuple[int, int]] = field(default_factory=list)
    """First and last action of each named template."""
    extents: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each action of a closed block, its `else` included, the first and the last of them."""
    assignments: dict[int, tuple[str, str]] = field(default_factory=dict)
    """For each action that sets one variable its name and the pipeline."""
    reassigned: set[str] = field(default_factory=set)
    """Variables that are set anew (`=`): what they hold depends on the way taken."""


@dataclass(slots=True)
class _Open:
    members: list[int]
    word: str
    scope: Scope | None


def read_blocks(actions: Sequence[Action]) -> Blocks:
    """The structure. An `end` too many is passed over; what is never closed has no end."""
    blocks, stack = Blocks(), list[_Open]()
    scope: Scope | None = None
    for number, action in enumerate(actions):
        if action.kind == "control" and action.word in ("else", "end") and stack:
            scope = stack[-1].scope
        blocks.scopes.append(scope)
        if action.kind == "control":
            scope = _enter(blocks, stack, number, action, scope)
    return blocks


def _enter(
    blocks: Blocks, stack: list[_Open], number: int, action: Action, scope: Scope | None
) -> Scope | None:
    """The scope after a control action."""
    word = action.word
    if word in _OPENERS:
        stack.append(_Open([number], word, scope))
    elif word in ("else", "end"):
        if not stack:
            return scope
        blocks.next_branch[stack[-1].members[-1]] = number
        stack[-1].members.append(number)
        if word == "end":
            _close(blocks, stack.pop())
            return scope
    elif word:
        return scope
    return _bind(blocks, number, action, scope)


def _close(blocks: Blocks, block: _Open) -> None:
    extent = block.members[0], block.members[-1]
    blocks.extents.update(dict.fromkeys(block.members, extent))
    if block.word in ("define", "block"):
        blocks.definitions.append(extent)


def _bind(blocks: Blocks, number: int, action: Action, scope: Scope | None) -> Scope | None:
    if action.word in ("define", "block"):
        return None
    rest = action.body[_words(action.body) :]
    assignment = _ASSIGNMENT.match(rest)
    text = assignment["text"] if assignment else rest
    names = re.split(r"\s*,\s*", assignment["names"]) if assignment else []
    if action.word in ("if", "with") or (action.word == "else" and text):
        blocks.conditions[number] = text
    if len(names) == 1 and not action.word:
        blocks.assignments[number] = names[0], text
    if assignment and assignment["sign"] == "=" and not action.word:
        blocks.reassigned.update(names)
        return scope
    value = None if action.word == "range" else text
    for name in names:
        scope = Scope(scope, name, value, number)
    moves_dot = action.word in ("with", "range") or _ELSE_WITH.match(action.body)
    return Scope(scope, "", value, number) if moves_dot else scope


def _words(body: str) -> int:
    found = _WORDS.match(body)
    return found.end() if found else 0


def name_of(action: Action) -> str:
    """The name a `define` gives, empty where it is none we read."""
    found = _NAME.match(action.body)
    return (found["quoted"] or found["raw"] or "") if found else ""
