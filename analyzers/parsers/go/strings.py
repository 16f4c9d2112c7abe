"""The text of Go's string literals (https://go.dev/ref/spec#String_literals)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\\(?:([abfnrtv\\'\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))"
)
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_TELLING = re.compile(rb"://|@|-----BEGIN|(?i:passw)")


def decode(literal: bytes) -> str:
    """The text of a literal with its quotes. A broken escape stays as written."""
    inner = literal[1:-1].decode(errors="replace")
    if literal.startswith(b"`"):
        return inner.replace("\r", "")
    return _ESCAPE.sub(_unescape, inner) if "\\" in inner else inner


def is_telling(literal: bytes) -> bool:
    """Whether it could hold an address or a secret."""
    return _TELLING.search(literal) is not None


def _unescape(match: re.Match[str]) -> str:
    simple, octal, byte, short, long = match.groups()
    if simple:
        return _SIMPLE.get(simple, simple)
    code = int(octal, 8) if octal else int(byte or short or long, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"
