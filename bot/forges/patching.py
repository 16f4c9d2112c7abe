"""A file's other side from the one at hand: a patch applied, or undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_END = re.compile(rb"\\ No newline")
_HEADER = re.compile(rb"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")

Line = tuple[bytes, bytes]
"""A sign, and the line with its end."""


class _Misfit(Exception):
    """The patch is not for this text, or damaged."""


def apply_patch(content: bytes, patch: str, *, backwards: bool = False) -> bytes | None:
    """The content after the patch, or before it; None where a line is not as the patch says."""
    lines, made, position = _lines(content), list[bytes](), 0
    try:
        for start, body in _hunks(patch.encode("utf-8", "surrogatepass"), backwards):
            if start < position:
                return None
            made += lines[position:start]
            position = start
            for sign, text in body:
                if sign != b"+":
                    if lines[position : position + 1] != [text]:
                        return None
                    position += 1
                if sign != b"-":
                    made.append(text)
    except _Misfit:
        return None
    return b"".join(made + lines[position:])


def _hunks(patch: bytes, backwards: bool) -> Iterator[tuple[int, list[Line]]]:
    """Where each begins, counted from nought, and its lines; turned round for going backwards."""
    lines = _lines(patch)
    index = 0
    while index < len(lines):
        header = _HEADER.match(lines[index])
        if header is None:
            raise _Misfit
        old, new = int(header[2] or 1), int(header[4] or 1)
        body, index = _body(lines, index + 1, old, new)
        start, count = (int(header[3]), new) if backwards else (int(header[1]), old)
        yield start - (count > 0), [(_turned(sign) if backwards else sign, text) for sign, text in body]


def _body(lines: list[bytes], index: int, old: int, new: int) -> tuple[list[Line], int]:
    """As many lines as the header promises, and where they end."""
    body: list[Line] = []
    while old or new or _NO_END.match(lines[index] if index < len(lines) else b""):
        if index >= len(lines):
            raise _Misfit
        sign, text = lines[index][:1], lines[index][1:]
        index += 1
        if sign == b"\\":
            if not body:
                raise _Misfit
            body[-1] = (body[-1][0], body[-1][1].removesuffix(b"\n"))
            continue
        if sign not in (b"+", b"-", b" ") or (sign != b"+" and not old) or (sign != b"-" and not new):
            raise _Misfit
        old, new = old - (sign != b"+"), new - (sign != b"-")
        body.append((sign, text))
    return body, index


def _turned(sign: bytes) -> bytes:
    return {b"+": b"-", b"-": b"+"}.get(sign, sign)


def _lines(content: bytes) -> list[bytes]:
    """Ended by line feeds alone, and with them."""
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
