"""Heredocs of RUN, COPY and ADD: which a line announces, and where each body ends.

https://docs.docker.com/reference/dockerfile/#here-documents
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.syntax import Word
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_value

KEYWORDS = frozenset({"RUN", "COPY", "ADD"})
_FORM = re.compile(r"[0-9]*<<(-?)([^<]+)\Z")
_VARIABLE = re.compile(r"\$\{(?:[0-9]+|[@*#?$!-]|\w*)(\}|:?[-+?]|[#%]|/)")
_QUOTES = "'\""


@light_value
class Announcement:
    """A `<<NAME` on an instruction's line."""

    name: str
    word: Word
    expands: bool
    strips_tabs: bool


def announcements(line: JoinedText) -> tuple[Announcement, ...]:
    """The heredocs a line announces, in order. An open quote or a broken `${` on the line means none."""
    words = _words(line.text)
    if words is None:
        return ()
    found = (_announcement(line, *bounds) for bounds in words)
    return tuple(heredoc for heredoc in found if heredoc)


def _announcement(line: JoinedText, start: int, end: int) -> Announcement | None:
    match = _FORM.match(line.text[start:end])
    if match is None:
        return None
    written = match[2]
    name = _unquoted(written)
    if not name:
        return None
    return Announcement(
        name, Word(line.text[start:end], line.span(start, end)), name == written, match[1] == "-"
    )


def _words(text: str) -> list[tuple[int, int]] | None:
    """The bounds of the shell words, None where a quote or brace stays open."""
    words: list[tuple[int, int]] = []
    begin = -1
    for at, following in _steps(text):
        if following is None:
            return None
        if text[at] in SPACES:
            if begin >= 0:
                words.append((begin, at))
            begin = -1
        elif begin < 0:
            begin = at
    if begin >= 0:
        words.append((begin, len(text)))
    return words


def _steps(text: str) -> Iterator[tuple[int, int | None]]:
    """Each character with where the next begins; what is quoted counts as one. None where it stays open."""
    at = 0
    while at < len(text):
        following = _skip(text, at)
        yield at, following
        if following is None:
            return
        at = following


def _skip(text: str, at: int) -> int | None:
    character = text[at]
    if character == "\\":
        return at + 2
    if character == "'":
        return text.find("'", at + 1) + 1 or None
    if character == '"':
        return _closing(text, at + 1, ['"'])
    if text.startswith("${", at):
        variable = _VARIABLE.match(text, at)
        return _closing(text, variable.end(), _enders(variable)) if variable else None
    return at + 1


def _enders(variable: re.Match[str]) -> list[str]:
    """What has to come, the next last, until the variable is over."""
    return {"}": [], "/": ["}", "/"]}.get(variable[1], ["}"])


def _closing(text: str, at: int, open_until: list[str]) -> int | None:
    """Past the character that ends all that is open. Quotes and variables nest, kept in the list."""
    while open_until:
        if at >= len(text):
            return None
        variable = _VARIABLE.match(text, at)
        if text[at] == open_until[-1]:
            open_until.pop()
            at += 1
        elif variable:
            open_until += _enders(variable)
            at = variable.end()
        elif text.startswith("${", at):
            return None
        else:
            at = _inside(text, at, open_until)
    return at


def _inside(text: str, at: int, open_until: list[str]) -> int:
    """Past one character between quotes or braces; a quote opens only between braces."""
    character = text[at]
    if character == "\\":
        return at + 2
    if open_until[-1] != '"' and character == '"':
        open_until.append('"')
    elif open_until[-1] != '"' and character == "'":
        end = text.find("'", at + 1)
        return end + 1 if end >= 0 else len(text)
    return at + 1


def _unquoted(text: str) -> str:
    """The name without quotes and escapes; variables stay as they are."""
    name: list[str] = []
    quote = ""
    at = 0
    while at < len(text):
        character = text[at]
        if quote:
            if character == quote:
                quote = ""
            elif character == "\\" and quote == '"' and text[at + 1 : at + 2] in ('"', "$", "\\"):
                at += 1
                name.append(text[at : at + 1])
            else:
                name.append(character)
        elif character in _QUOTES:
            quote = character
        elif character == "\\":
            at += 1
            name.append(text[at : at + 1])
        else:
            name.append(character)
        at += 1
    return "".join(name)
