"""The `{{ actions }}` of a Helm template, found without running anything.

Syntax: https://pkg.go.dev/text/template#hdr-Actions
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from analyzers.parsers.light import light_value

MAX_ACTIONS = 4_000
_NEXT = re.compile(r'["`]|\}\}')
_STRING_END = re.compile(r'[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_CONTROL = re.compile(
    r"(?P<word>if|else|end|range|with|define|block|break|continue|fail)\b|\$\w*\s*(?:,\s*\$\w+\s*)?:?="
)
_INDENT = re.compile(r"\b(n?indent)\s+\(?\s*(?:int\s+)?(\d{1,3})")


@light_value
class Action:
    """One `{{ }}`, by character offsets. `indent` is what `indent` or `nindent` asks for, -1 without."""

    start: int
    end: int
    kind: Literal["comment", "control", "output"]
    body: str = ""
    """What stands between the braces, without the marks that trim."""
    word: str = ""
    """Of control: `if`, `else`, `end` and so on; empty for an assignment."""
    indent: int = -1
    starts_line: bool = False
    """It begins its output with a new line (`nindent`)."""
    is_yaml: bool = False
    """It prints a value of any shape (`toYaml`)."""
    trims_before: bool = False
    trims_after: bool = False


def find_actions(text: str) -> Iterator[Action]:
    """Every action of a template. One that is never closed ends the search, and so do MAX_ACTIONS."""
    start = text.find("{{")
    for _ in range(MAX_ACTIONS):
        if start < 0:
            return
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
    inside = text[start + 2 : end - 2]
    before, after = inside.startswith("-"), inside.endswith("-")
    body = inside.strip("-").strip()
    if body.startswith("/*"):
        return Action(start, end, "comment", trims_before=before, trims_after=after)
    if control := _CONTROL.match(body):
        word = control["word"] or ""
        return Action(start, end, "control", body, word, trims_before=before, trims_after=after)
    asked = _INDENT.findall(body)
    function, indent = asked[-1] if asked else ("", -1)
    is_yaml = "toYaml" in body
    starts_line = function == "nindent"
    return Action(start, end, "output", body, "", int(indent), starts_line, is_yaml, before, after)
