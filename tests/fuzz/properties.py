"""What holds for every entry and every input."""

from __future__ import annotations

from collections.abc import Mapping
from time import thread_time

from analyzers.finding import Location
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from tests.fuzz.description import describe, places
from tests.fuzz.entry import Entry

SECONDS = 2.0
"""Of processor time, for an input of at most 64 KiB."""
_MARK = b"\xef\xbb\xbf"


class Broken(Exception):
    """An entry did what it must not. `kind` is the promise that was broken."""

    def __init__(self, kind: str, details: str) -> None:
        super().__init__(f"{kind}: {details}"[:2000])
        self.kind = kind


def examine(entry: Entry, content: bytes, *, seconds: float = SECONDS, thoroughly: bool = True) -> bool:
    """Whether the entry read the input. Raises Broken, or whatever else than Unreadable the entry raises."""
    started = thread_time()
    result = _attempt(entry, content)
    spent = thread_time() - started
    if spent > seconds * max(1, len(content) / (64 << 10)):
        raise Broken("slow", f"{spent:.1f} s for {len(content):,} bytes")
    if thoroughly and describe(result) != describe(_attempt(entry, content)):
        raise Broken("not the same twice", repr(result)[:500])
    if thoroughly:
        _check_variants(entry, content, result)
    if isinstance(result, Unreadable):
        return False
    _check_places(entry, content, result)
    return True


def _attempt(entry: Entry, content: bytes) -> object:
    try:
        return entry.read(content)
    except Unreadable as refusal:
        if not refusal.reason or (refusal.line is not None and refusal.line < 1):
            raise Broken("refusal", f"{refusal.reason!r} at line {refusal.line}") from None
        return refusal


def _check_variants(entry: Entry, content: bytes, result: object) -> None:
    if entry.structure is None:
        return
    if not content.startswith(_MARK):
        _compare(entry, result, _MARK + content, "byte order mark")
    if b"\r" not in content:
        _compare(entry, result, content.replace(b"\n", b"\r\n"), "CRLF")


def _compare(entry: Entry, result: object, variant: bytes, name: str) -> None:
    expected, found = _structure(entry, result), _structure(entry, _attempt(entry, variant))
    if expected != found:
        raise Broken(f"other with {name}", f"{expected!r}"[:900] + " is not " + f"{found!r}"[:900])


def _structure(entry: Entry, result: object) -> object:
    if isinstance(result, Unreadable):
        return result.reason, result.line
    return entry.structure(result) if entry.structure else None


def _check_places(entry: Entry, content: bytes, result: object) -> None:
    texts = {path: _lines(text) for path, text in _texts(entry, content).items()}
    alone = texts.get("", [])
    for place in places(result):
        lines = texts.get(place.path, []) if isinstance(place, Location) else alone
        span = place.span if isinstance(place, Location) else place
        if lines and not _lies_in(span, lines):
            raise Broken("place outside of the text", repr(place))
    for span, said, holds in entry.claims(result):
        if not holds(said, found := _text_at(span, alone)):
            raise Broken(
                "other text at its place", f"{said!r} is said to stand at {span}, there is {found!r}"
            )


def _texts(entry: Entry, content: bytes) -> Mapping[str, bytes]:
    return entry.files(content) if entry.files else {"": content}


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff").split("\n")


def _lies_in(span: Span, lines: list[str]) -> bool:
    return (
        1 <= span.line <= span.end_line <= len(lines) + 1
        and 1 <= span.column <= _width(lines, span.line)
        and 1 <= span.end_column <= _width(lines, span.end_line)
        and (span.line, span.column) <= (span.end_line, span.end_column)
    )


def _width(lines: list[str], line: int) -> int:
    """The last column that a line has, one past its last character."""
    return len(lines[line - 1]) + 1 if line <= len(lines) else 1


def _text_at(span: Span, lines: list[str]) -> str:
    taken = lines[span.line - 1 : span.end_line]
    if not taken:
        return ""
    taken[-1] = taken[-1][: span.end_column - 1]
    taken[0] = taken[0][span.column - 1 :]
    return "\n".join(taken)
