"""`$NAME`, `${NAME:-default}`, `$(command)` and `${{ expression }}` in a text, as far as they are known."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzers.model.pipelines.evaluation import evaluate

Lookup = Callable[[str], "str | None"]
"""What a variable, or an expression such as `env.NAME`, is worth; None where that is not known."""

UNKNOWN = "\ue000"
"""Stands in a text for a part that is not known."""
MOST_CHARACTERS = 4_096
_MOST_ROUNDS = 8
_EXPRESSION = re.compile(r"\$\{\{([^{}]{0,200})\}\}")
_COMMAND = re.compile(r"\$\([^()]*\)|`[^`]*`")
_BRACED = re.compile(r"\$\{([A-Za-z_]\w{0,100})(?:(:?[-+?=])([^{}]{0,1000}))?\}")
_OTHER_BRACED = re.compile(r"\$\{[^{}]{0,1000}\}")
_PLAIN = re.compile(r"\$(?:([A-Za-z_]\w{0,100})|[0-9@*#?$!-])")


def interpolate(text: str, lookup: Lookup) -> str:
    """The text with what is known put in, and UNKNOWN for every other variable."""
    if "$" not in text and "`" not in text:
        return text
    if len(text) > MOST_CHARACTERS:
        return UNKNOWN
    text = _EXPRESSION.sub(lambda found: _or_unknown(evaluate(found[1], lookup)), text)
    for pattern in (_COMMAND, _BRACED, _OTHER_BRACED):
        text = _replaced(text, pattern, lookup)
    text = _PLAIN.sub(lambda found: _or_unknown(lookup(found[1]) if found[1] else None), text)
    return text if len(text) <= MOST_CHARACTERS else UNKNOWN


def known(text: str) -> str | None:
    """The text, None where a part of it is not known."""
    return None if UNKNOWN in text else text


def _replaced(text: str, pattern: re.Pattern[str], lookup: Lookup) -> str:
    """From the inside out: a default may hold a variable."""
    for _ in range(_MOST_ROUNDS):
        text, count = pattern.subn(lambda found: _value(found, lookup), text)
        if not count:
            break
    return text


def _value(found: re.Match[str], lookup: Lookup) -> str:
    if found.re is not _BRACED:
        return UNKNOWN
    name, operator, word = found.groups()
    value = lookup(name)
    if operator in (":-", ":="):
        return value or word
    if operator in ("-", "="):
        return word if value is None else value
    return UNKNOWN if operator in ("+", ":+") else _or_unknown(value)


def _or_unknown(value: str | None) -> str:
    return UNKNOWN if value is None else value
