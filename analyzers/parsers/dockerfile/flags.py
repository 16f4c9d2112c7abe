"""Flags of an instruction: the words with `--` before its arguments."""

from __future__ import annotations

import re

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.syntax import Flag
from analyzers.parsers.joined_text import JoinedText

# BuildKit looks at bytes here, so that of all blanks beyond ASCII two end a word, and none may precede one.
_BLANKS = "\t\n\v\f\r "
_ENDS = _BLANKS + "\x85\xa0"
_PLAIN = re.compile(rf"[^{_ENDS}'\"\\`]++(?=[{_ENDS}]|\Z)")


def read_flags(line: JoinedText, start: int, stop: int, escape: str) -> tuple[tuple[Flag, ...], int]:
    """The flags between two offsets, and where the arguments begin. A lone `--` ends them."""
    flags: list[Flag] = []
    text, at = line.text[:stop], start
    while text.startswith("--", at):
        word, end = _flag_word(text, at, escape)
        if word == "--":
            return tuple(flags), _past(SPACES, text, end)
        name, _, value = word[2:].partition("=")
        flags.append(Flag(word, name, value, line.span(at, end)))
        at = _past(_BLANKS, text, end + 1)
    return tuple(flags), _past(SPACES, text, at)


def _past(blanks: str, text: str, at: int) -> int:
    while at < len(text) and text[at] in blanks:
        at += 1
    return min(at, len(text))


def _flag_word(text: str, at: int, escape: str) -> tuple[str, int]:
    """The word without quotes and escapes, and where it ends."""
    plain = _PLAIN.match(text, at)
    if plain:
        return plain[0], plain.end()
    word: list[str] = []
    quote = ""
    while at < len(text):
        character = text[at]
        if not quote and character in _ENDS:
            break
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        else:
            if character == escape:
                at += 1
            word.append(text[at : at + 1])
        at += 1
    return "".join(word), min(at, len(text))
