"""The JSON form of an instruction: `["executable", "argument"]`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.problem import Unreadable

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S
)
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*+"')
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json_form(arguments: JoinedText) -> tuple[JoinedText, ...] | None:
    """The elements, decoded; None where it is no JSON array and BuildKit takes it for a shell command.

    Raises Unreadable where an element is not a string, as BuildKit refuses it.
    """
    if not arguments.text.lstrip(SPACES).startswith("["):
        return None
    try:
        values = json.loads(arguments.text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(value, str) for value in values):
        raise Unreadable("a JSON array of an instruction may hold strings only", arguments.point(0)[0])
    return tuple(_decoded(arguments, match) for match in _STRING.finditer(arguments.text))


def _decoded(arguments: JoinedText, match: re.Match[str]) -> JoinedText:
    return JoinedText(_pieces(arguments, match.start() + 1, match.end() - 1))


def _pieces(arguments: JoinedText, start: int, end: int) -> Iterator[Piece]:
    """The stretches between escapes, and what each escape stands for."""
    at = start
    for escape in _ESCAPE.finditer(arguments.text, start, end):
        if at < escape.start():
            yield from arguments.pieces(at, escape.start())
        yield Piece(_character(escape[0]), *arguments.point(escape.start()))
        at = escape.end()
    yield from arguments.pieces(at, end)


def _character(escape: str) -> str:
    decoded: str = json.loads(f'"{escape}"')
    return _SURROGATE.sub("\ufffd", decoded)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is Python's, not JSON")
