"""What a shell word means: quotes removed, and whether anything in it is expanded.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"['\"\\$`]")
_PLAIN = re.compile(r"[^'\"\\$`]+")
_IN_QUOTES = re.compile(r"[^\"\\$`]+")
_EXPANDS = re.compile(r"\$[A-Za-z0-9_{(@*#?$!-]|`")
_ANSI = re.compile(r"\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.S)
_ANSI_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


def unquote(raw: str) -> str | None:
    """The word the program gets, None where an expansion takes part."""
    if not _SPECIAL.search(raw):
        return raw
    parts: list[str] = []
    at = 0
    while at < len(raw):
        part, at = _part(raw, at)
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _part(raw: str, at: int) -> tuple[str | None, int]:
    character = raw[at]
    if character == "'":
        return _until(raw, at + 1)
    if character == '"':
        return _double_quoted(raw, at + 1)
    if character == "\\":
        return _escaped(raw, at)
    if raw.startswith("$'", at):
        return _ansi(raw, at + 2)
    if raw.startswith('$"', at):
        return _double_quoted(raw, at + 2)
    if _EXPANDS.match(raw, at):
        return None, at
    plain = _PLAIN.match(raw, at)
    return (plain[0], plain.end()) if plain else (character, at + 1)


def _until(raw: str, at: int) -> tuple[str, int]:
    end = raw.find("'", at)
    return (raw[at:], len(raw)) if end < 0 else (raw[at:end], end + 1)


def _escaped(raw: str, at: int) -> tuple[str, int]:
    following = raw[at + 1 : at + 2]
    return ("" if following == "\n" else following), at + 2


def _double_quoted(raw: str, at: int) -> tuple[str | None, int]:
    parts: list[str] = []
    while at < len(raw) and raw[at] != '"':
        if raw[at] == "\\":
            following = raw[at + 1 : at + 2]
            parts.append(
                _escaped(raw, at)[0] if following in ("$", "`", '"', "\\", "\n") else "\\" + following
            )
            at += 2
        elif _EXPANDS.match(raw, at):
            return None, at
        else:
            plain = _IN_QUOTES.match(raw, at)
            parts.append(plain[0] if plain else raw[at])
            at = plain.end() if plain else at + 1
    return "".join(parts), at + 1


def _ansi(raw: str, at: int) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(raw) and raw[at] != "'":
        escape = _ANSI.match(raw, at)
        parts.append(_ansi_character(escape[0][1:]) if escape else raw[at])
        at = escape.end() if escape else at + 1
    return "".join(parts), at + 1


def _ansi_character(escape: str) -> str:
    if escape[0] == "x" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    if escape[0] in "01234567":
        return chr(int(escape, 8) & 0xFF)
    return _ANSI_LETTERS.get(escape, escape)
