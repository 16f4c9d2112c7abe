"""Java's `.properties` files: keys with values, and where each stands.

Format: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

MAX_LENGTH = 1 << 20
"""Characters."""
_BLANKS = " \t\f"
_COMMENT = ("#", "!")
_KEY_END = re.compile(r"[=: \t\f]")
_SEPARATOR = re.compile(r"[ \t\f]*[=:]?[ \t\f]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.)|$)", re.S)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


@light_value
class Property:
    """One entry; `comment` is the text of the comment lines right above it."""

    key: str
    value: str
    key_span: Span
    value_span: Span
    """Of the value as written, empty behind the separator where there is none."""
    comment: str = ""


def parse_properties(text: str) -> tuple[Property, ...]:
    """Every entry in order, equal keys included: the last one counts. Raises Unreadable past MAX_LENGTH."""
    if len(text) > MAX_LENGTH:
        raise Unreadable("larger than 1 MiB")
    return tuple(_properties(text.removeprefix("\ufeff")))


def _properties(text: str) -> Iterator[Property]:
    comments: list[str] = []
    pieces: list[Piece] = []
    for line, number, column in _lines(text):
        content = line.lstrip(_BLANKS)
        if not pieces and (not content or content.startswith(_COMMENT)):
            comments = [*comments, content[1:].strip()] if content else []
            continue
        goes_on = _ends_escaped(content)
        pieces.append(Piece(content[:-1] if goes_on else content, number, column + len(line) - len(content)))
        if not goes_on:
            yield _property(JoinedText(pieces), "\n".join(comments))
            comments, pieces = [], []
    if pieces:
        yield _property(JoinedText(pieces), "\n".join(comments))


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    """The lines and where each begins. A lone carriage return ends one for Java, but not for who shows it."""
    for number, row in enumerate(text.split("\n"), 1):
        column = 1
        for line in row.removesuffix("\r").split("\r"):
            yield line, number, column
            column += len(line) + 1


def _ends_escaped(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _property(line: JoinedText, comment: str) -> Property:
    end = _key_end(line.text)
    separator = _SEPARATOR.match(line.text, end)
    start = separator.end() if separator else end
    return Property(
        key=_unescaped(line.text[:end]),
        value=_unescaped(line.text[start:]),
        key_span=line.span(0, end),
        value_span=line.span(start, len(line.text)),
        comment=comment,
    )


def _key_end(text: str) -> int:
    """Where the key ends: at the first separator that no backslash escapes."""
    position = 0
    while found := _KEY_END.search(text, position):
        if not _ends_escaped(text[position : found.start()]):
            return found.start()
        position = found.end()
    return len(text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(escape: re.Match[str]) -> str:
    code, letter = escape.groups()
    return chr(int(code, 16)) if code else _LETTERS.get(letter or "", letter or "")
