"""Cutting the arguments of an instruction into words, in the two ways Dockerfiles know."""

from __future__ import annotations

import re

from analyzers.parsers.dockerfile.blanks import BETWEEN_WORDS, SPACES
from analyzers.parsers.dockerfile.syntax import Pair, Word
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.problem import Unreadable


def blank_words(arguments: JoinedText) -> tuple[Word, ...]:
    """Words between blanks; quotes mean nothing."""
    if not arguments.text:
        return ()
    words: list[Word] = []
    start = 0
    for gap in BETWEEN_WORDS.finditer(arguments.text):
        words.append(_word(arguments, start, gap.start()))
        start = gap.end()
    words.append(_word(arguments, start, len(arguments.text)))
    return tuple(words)


def whole(arguments: JoinedText) -> tuple[Word, ...]:
    """All of it as one word."""
    return (_word(arguments, 0, len(arguments.text)),) if arguments.text else ()


def quoted_words(arguments: JoinedText, escape: str) -> tuple[Word, ...]:
    """Words between blanks that are neither quoted nor escaped. Quotes and escapes stay in the words."""
    return tuple(_word(arguments, *found.span()) for found in _WORD[escape].finditer(arguments.text))


def pairs_of(arguments: JoinedText, words: tuple[Word, ...], keyword: str) -> tuple[Pair, ...]:
    """The pairs of ENV and LABEL, in the form with `=` or the old one of a name and the rest of the line.

    Raises Unreadable where BuildKit does: a name alone, or a word without `=` among pairs.
    """
    if not words:
        return ()
    if "=" not in words[0].text:
        return (_old_pair(arguments, keyword),)
    for word in words:
        if "=" not in word.text:
            raise Unreadable(f"{keyword} wants name=value, found {word.text[:80]!r}", word.span.line)
    return tuple(_pair(word) for word in words)


def argument_pairs(words: tuple[Word, ...]) -> tuple[Pair, ...]:
    """The names of ARG, each with or without a default."""
    return tuple(_pair(word) if "=" in word.text else Pair(word, None) for word in words)


def _old_pair(arguments: JoinedText, keyword: str) -> Pair:
    gap = BETWEEN_WORDS.search(arguments.text)
    if gap is None:
        raise Unreadable(f"{keyword} must have two arguments", arguments.point(0)[0])
    return Pair(
        _word(arguments, 0, gap.start()),
        _word(arguments, gap.end(), len(arguments.text)),
    )


def _pair(word: Word) -> Pair:
    name, value = word.text.split("=", 1)
    span = word.span
    if span.line != span.end_line:  # a word over a continuation has no simple middle
        return Pair(Word(name, span), Word(value, span))
    middle = span.column + len(name)
    name_span = type(span)(span.line, span.column, span.line, middle)
    value_span = type(span)(span.line, middle + 1, span.line, span.end_column)
    return Pair(Word(name, name_span), Word(value, value_span))


def _word(arguments: JoinedText, start: int, end: int) -> Word:
    return Word(arguments.text[start:end], arguments.span(start, end))


def _word_form(escape: str) -> re.Pattern[str]:
    """A word, quotes and escapes included. What is quoted may stay open to the end.

    An escape as the last character of all is left out.
    """
    mark = re.escape(escape)
    single, double = r"'[^']*+(?:'|\Z)", rf'"(?:[^"{mark}]|{mark}.)*+(?:"|(?={mark}?\Z))'
    return re.compile(rf"(?:[^{SPACES}'\"{mark}]++|{mark}.|{single}|{double})++", re.S)


_WORD = {escape: _word_form(escape) for escape in ("\\", "`")}
