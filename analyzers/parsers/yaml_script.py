"""The text of a scalar with the place of each of its characters: what a script in YAML is read from."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.yaml_node import Scalar

_BLANK = " \t\n"
_ESCAPED_BLANKS = {"n": "\n", "t": "\t", " ": " ", "\t": "\t"}


def place_text(scalar: Scalar) -> JoinedText:
    """A scalar's content. Where escapes hide the way back, all of it stands at the scalar's start."""
    if scalar.lines and scalar.style == "|":
        return JoinedText.of_block(scalar.content, scalar.span.line + 1, _indent(scalar) + 1)
    return JoinedText(place_pieces(scalar))


def place_pieces(scalar: Scalar) -> list[Piece]:
    """The content line by line, as the file holds it."""
    if not scalar.lines:
        quote = 1 if scalar.style else 0
        return [Piece(scalar.content, scalar.span.line, scalar.span.column + quote)]
    pieces = _literal(scalar) if scalar.style == "|" else _aligned(scalar)
    return pieces or [Piece(line, scalar.span.line, scalar.span.column) for line in _split(scalar.content)]


def _split(text: str) -> list[str]:
    return text.splitlines(keepends=True) if "\n" in text else [text]


def _indent(scalar: Scalar) -> int:
    """How many characters of each line of the file the content is without."""
    written = zip(scalar.lines[1:], scalar.content.split("\n"), strict=False)
    return next((len(raw.rstrip("\r")) - len(line) for raw, line in written if line), 0)


def _literal(scalar: Scalar) -> list[Piece]:
    lines = scalar.content.split("\n")
    first, indent = scalar.span.line + 1, _indent(scalar)
    newline = ["\n"] * (len(lines) - 1) + [""]
    return [
        Piece(line + end, first + row, indent + 1)
        for row, (line, end) in enumerate(zip(lines, newline, strict=True))
    ]


def _aligned(scalar: Scalar) -> list[Piece]:
    """The content matched against the file, which differs from it in blanks and escapes only."""
    raw = _Raw(scalar)
    pieces: list[Piece] = []
    run, start = "", (0, 0)
    for character in scalar.content:
        place = raw.blank(character) if character in _BLANK else raw.match(character)
        if place is None:
            return []
        if run and (run.endswith("\n") or place != (start[0], start[1] + len(run))):
            pieces.append(Piece(run, *start))
            run = ""
        if not run:
            start = place
        run += character
    return [*pieces, Piece(run, *start)] if run else pieces


class _Raw:
    """Reads the lines of a scalar from left to right."""

    def __init__(self, scalar: Scalar) -> None:
        is_block = scalar.style == ">"
        self._text = "\n".join(scalar.lines[1:] if is_block else scalar.lines)
        self._skipped = _BLANK + "\r" + ("'" if scalar.style == "'" else "")
        self._escapes = scalar.style == '"'
        self._places = list(_walk(self._text, scalar.span.line + is_block))
        self._at = 0 if is_block else scalar.span.column - 1 + bool(scalar.style)

    def blank(self, character: str) -> tuple[int, int]:
        """The place of a blank, which the file may write as another one or an escape."""
        at = min(self._at, len(self._text))
        pair = self._text[at : at + 2]
        if pair[:1] == character:
            self._at += 1
        elif self._escapes and pair[:1] == "\\" and _ESCAPED_BLANKS.get(pair[1:]) == character:
            self._at += 2
        return self._places[at]

    def match(self, character: str) -> tuple[int, int] | None:
        """The place of the next character that is not blank; None where it is not what the file holds."""
        text = self._text
        while self._at < len(text) and text[self._at] != character and text[self._at] in self._skipped:
            self._at += 1
        if self._escapes and text[self._at : self._at + 1] == "\\":
            self._at += 1
            while self._at < len(text) and text[self._at] in _BLANK + "\r":
                self._at += 1
        if text[self._at : self._at + 1] != character:
            return None
        self._at += 1
        return self._places[self._at - 1]


def _walk(text: str, line: int) -> Iterator[tuple[int, int]]:
    """The place of each character of a text that begins a line, and of its end."""
    column = 1
    for character in text:
        yield line, column
        column += 1
        if character == "\n":
            line, column = line + 1, 1
    yield line, column
