"""Flags of an instruction: the words with `--` before its arguments."""

from __future__ import annotations

import re

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.syntax import Flag
from analyzers.parsers.joined_text import JoinedText

_PLAIN = re.compile(rf"[^{SPACES}'\"\\]++(?=[{SPACES}]|\Z)")


def read_flags(line: JoinedText, start: int, stop: int) -> tuple[tuple[Flag, ...], int]:
    """The flags between two offsets, and where the arguments begin. A lone `--` ends them."""
    flags: list[Flag] = []
    text, at = line.text[:stop], start
    while True:
        at = _past_blanks(text, at)
        if not text.startswith("--", at):
            return tuple(flags), at
        word, end = _flag_word(text, at)
        if word == "--":
            return tuple(flags), _past_blanks(text, end)
        name, _, value = word[2:].partition("=")
        flags.append(Flag(word, name, value, line.span(at, end)))
        at = end


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACES:
        at += 1
    return at


def _flag_word(text: str, at: int) -> tuple[str, int]:
    """The word without quotes and backslashes, and where it ends."""
    plain = _PLAIN.match(text, at)
    if plain:
        return plain[0], plain.end()
    word: list[str] = []
    quote = ""
    while at < len(text):
        character = text[at]
        if not quote and character in SPACES:
            break
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        else:
            if character == "\\":
                at += 1
            word.append(text[at : at + 1])
        at += 1
    return "".join(word), min(at, len(text))
