"""Variables inside the words of a Dockerfile, replaced as BuildKit does it.

Forms and quoting: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from analyzers.parsers.wildcard import Wildcard, compile_wildcard

MAX_DEPTH = 16
MAX_LENGTH = 4096
MAX_CHARACTERS = 4 << 20
_COST_OF_A_MATCH = 64
_SPECIAL_PARAMETERS = "@*#?-$!"


class Unset(Enum):
    """Says that a variable has no value, as opposed to one that is not known."""

    UNSET = auto()


Lookup = Callable[[str], "str | Unset | None"]
"""The value of a variable; None where it has one that cannot be known here."""


class Allowance:
    """How much the expansions of one file may yield together, in characters. Beyond it all is unknown."""

    def __init__(self, characters: int = MAX_CHARACTERS) -> None:
        self._left = characters

    def spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise _Refused


def expand(text: str, lookup: Lookup, escape: str = "\\", allowance: Allowance | None = None) -> str | None:
    """The text with quotes removed and variables replaced.

    None where it depends on something unknown or unset, where BuildKit would refuse it,
    or where the outcome passes MAX_LENGTH characters or the allowance.
    """
    if not any(mark in text for mark in ("$", "'", '"', escape)):
        return text
    allowance = allowance or Allowance()
    try:
        allowance.spend(len(text))
        value = _Expansion(text, lookup, escape, allowance).until("", raw_escapes=False)
        allowance.spend(len(value or ""))
    except _Refused:
        return None
    return value


class _Refused(Exception):
    """BuildKit stops the build at this word, or it is larger than anyone would write."""


class _Parts:
    """Text in the making. One unknown part makes the whole unknown."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._is_known = True

    def add(self, part: str | None) -> None:
        if part is None:
            self._is_known = False
            return
        self._parts.append(part)
        self._length += len(part)
        if self._length > MAX_LENGTH:
            raise _Refused

    def joined(self) -> str | None:
        return "".join(self._parts) if self._is_known else None


class _Expansion:
    """One reading of one word from left to right."""

    def __init__(self, text: str, lookup: Lookup, escape: str, allowance: Allowance) -> None:
        self._text = text
        self._lookup = lookup
        self._escape = escape
        self._allowance = allowance
        self._at = 0
        self._depth = 0

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        character = self._peek()
        self._at += 1
        return character

    def until(self, stop: str, *, raw_escapes: bool) -> str | None:
        """The value up to the stop character, which is consumed; up to the end where it is empty."""
        parts = _Parts()
        while character := self._peek():
            if character == stop:
                self._at += 1
                return parts.joined()
            if character == "'":
                parts.add(self._single_quoted())
            elif character == '"':
                parts.add(self._double_quoted(raw_escapes))
            elif character == "$":
                parts.add(self._variable())
            else:
                parts.add(self._plain(raw_escapes))
        if stop:
            raise _Refused
        return parts.joined()

    def _plain(self, raw_escapes: bool) -> str:
        character = self._next()
        if character != self._escape:
            return character
        return (character if raw_escapes else "") + self._next()

    def _single_quoted(self) -> str:
        end = self._text.find("'", self._at + 1)
        if end < 0:
            raise _Refused
        inside = self._text[self._at + 1 : end]
        self._at = end + 1
        return inside

    def _double_quoted(self, raw_escapes: bool) -> str | None:
        parts = _Parts()
        self._at += 1
        while character := self._peek():
            if character == '"':
                self._at += 1
                return parts.joined()
            if character == "$":
                parts.add(self._variable())
            else:
                parts.add(self._quoted_character(raw_escapes))
        raise _Refused

    def _quoted_character(self, raw_escapes: bool) -> str:
        character = self._next()
        if character != self._escape:
            return character
        prefix = character if raw_escapes else ""
        following = self._peek()
        if not following:
            return prefix
        if following in ('"', "$", self._escape):
            return prefix + self._next()
        return prefix + character

    def _variable(self) -> str | None:
        self._at += 1
        if self._peek() != "{":
            name = self._name()
            return _known(self._lookup(name)) if name else "$"
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Refused
        value = self._braced()
        self._depth -= 1
        return value

    def _name(self) -> str:
        start = self._at
        first = self._peek()
        if first and first in _SPECIAL_PARAMETERS:
            self._at += 1
        elif first.isdigit():
            while self._peek().isdigit():
                self._at += 1
        else:
            while (character := self._peek()).isalnum() or character == "_":
                self._at += 1
        return self._text[start : self._at]

    def _braced(self) -> str | None:
        self._at += 1
        name = self._name()
        operator = self._next()
        if not name or not operator:
            raise _Refused
        if operator == "}":
            return _known(self._lookup(name))
        if operator == "/":
            return self._replaced(self._lookup(name))
        if operator in "#%":
            return self._trimmed(self._lookup(name), operator)
        return self._chosen(self._lookup(name), operator)

    def _chosen(self, value: str | Unset | None, operator: str) -> str | None:
        empty_is_unset = operator == ":"
        if empty_is_unset:
            operator = self._next()
        if not operator or operator not in "-+?":
            raise _Refused
        word = self.until("}", raw_escapes=False)
        if value is None:
            return None
        is_unset = isinstance(value, Unset) or (empty_is_unset and not value)
        if operator == "-":
            return word if is_unset else _known(value)
        if operator == "+":
            return "" if is_unset else word
        return None if is_unset else _known(value)

    def _trimmed(self, value: str | Unset | None, operator: str) -> str | None:
        pattern = self.until("}", raw_escapes=True)
        text = _known(value)
        if pattern is None or text is None:
            return None
        self._allowance.spend(len(text))
        longest = pattern.startswith(operator)
        pattern = pattern.removeprefix(operator)
        if operator == "#":
            end = _wildcard(pattern).end(text, 0, longest=longest)
            return text if end is None else text[end:]
        end = _wildcard(_reversed(pattern)).end(text[::-1], 0, longest=longest)
        return text if end is None else text[: len(text) - end]

    def _replaced(self, value: str | Unset | None) -> str | None:
        everywhere = self._peek() == "/"
        if everywhere:
            self._at += 1
        pattern = self.until("/", raw_escapes=True)
        replacement = self.until("}", raw_escapes=True)
        text = _known(value)
        if pattern is None or replacement is None or text is None:
            return None
        return self._substituted(text, _wildcard(pattern), replacement, everywhere)

    def _substituted(self, text: str, wildcard: Wildcard, replacement: str, everywhere: bool) -> str | None:
        parts = _Parts()
        offset = 0
        self._allowance.spend(len(text))
        while (found := wildcard.search(text, offset)) and found[0] < found[1]:
            self._allowance.spend(_COST_OF_A_MATCH)
            parts.add(text[offset : found[0]])
            parts.add(replacement)
            offset = found[1]
            if not everywhere:
                break
        parts.add(text[offset:])
        return parts.joined()


def _known(value: str | Unset | None) -> str | None:
    return None if isinstance(value, Unset) else value


def _wildcard(pattern: str) -> Wildcard:
    wildcard = compile_wildcard(pattern, classes=False)
    if wildcard is None:
        raise _Refused
    return wildcard


def _reversed(pattern: str) -> str:
    """The pattern read backwards, each escape still before what it escapes."""
    items: list[str] = []
    offset = 0
    while offset < len(pattern):
        width = 2 if pattern[offset] == "\\" else 1
        items.append(pattern[offset : offset + width])
        offset += width
    return "".join(reversed(items))
