"""What `${{ }}` expressions are worth, as far as names and texts decide it.

https://docs.github.com/en/actions/reference/evaluate-expressions-in-workflows-and-actions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

Lookup = Callable[[str], "str | None"]
"""The value of a name such as `matrix.go`; None where it is not known."""

MOST_CHARACTERS = 4_096
_EXPRESSION = re.compile(r"\$\{\{(.{0,2000}?)\}\}", re.S)
_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)|(-?\d[\d.]*)|(\|\|)|([(),]))")
_FIELD = re.compile(r"\{(\d)\}")
_LITERAL_JSON = re.compile(r"\s*\$\{\{\s*fromJSON\(\s*'((?:[^']|'')*)'\s*\)\s*\}\}\s*", re.I)


def resolve(text: str, lookup: Lookup) -> str | None:
    """The text with its expressions replaced; None where one of them is not known."""
    parts: list[str] = []
    done = 0
    for found in _EXPRESSION.finditer(text):
        value = evaluate(found[1], lookup)
        if value is None:
            return None
        parts += (text[done : found.start()], value)
        done = found.end()
    value = "".join((*parts, text[done:]))
    return value if len(value) <= MOST_CHARACTERS and "${{" not in value else None


def put_in(text: str, lookup: Lookup) -> str:
    """The text with those expressions replaced whose value is known."""

    def value_of(found: re.Match[str]) -> str:
        value = evaluate(found[1], lookup)
        return found[0] if value is None else value

    replaced = _EXPRESSION.sub(value_of, text)
    return replaced if len(replaced) <= MOST_CHARACTERS else text


def evaluate(expression: str, lookup: Lookup) -> str | None:
    """The value of names, texts, numbers, `format(...)`, and `||` between them; None for everything else."""
    tokens = _tokens(expression)
    return _choice(iter((*tokens, "")), lookup) if tokens else None


def literal_json(text: str) -> object | None:
    """What a text that is one `${{ fromJSON('...') }}` of a literal holds."""
    found = _LITERAL_JSON.fullmatch(text) if len(text) <= MOST_CHARACTERS else None
    try:
        return json.loads(found[1].replace("''", "'")) if found else None
    except (ValueError, RecursionError):
        return None


@lru_cache(1024)
def _tokens(expression: str) -> tuple[str, ...]:
    """Texts begin with a quote, everything else is as written; none where a character is not understood.

    Most expressions of a repository are a few names, written again and again.
    """
    tokens: list[str] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        found = _TOKEN.match(expression, at)
        if found is None:
            return ()
        text = found[1]
        tokens.append(found[0].strip() if text is None else "'" + text.replace("''", "'"))
        at = found.end()
    return tuple(tokens)


def _choice(tokens: Iterator[str], lookup: Lookup) -> str | None:
    """`a || b`: the first that is neither empty nor false."""
    while True:
        token = next(tokens)
        value = _formatted(tokens, lookup) if token.lower() == "format" else _value(token, lookup)
        following = next(tokens, "")
        if following == "" or value is None:
            return value if following == "" else None
        if following != "||":
            return None
        if value not in ("", "false", "0"):
            return value


def _value(token: str, lookup: Lookup) -> str | None:
    if token.startswith("'"):
        return token[1:]
    if token[:1].isdigit() or token[:1] == "-" or token in ("true", "false"):
        return token
    return lookup(token) if token[:1].isalpha() or token[:1] == "_" else None


def _formatted(tokens: Iterator[str], lookup: Lookup) -> str | None:
    """The rest of `format('{0}-{1}', a, b)`."""
    values: list[str] = []
    if next(tokens, "") != "(":
        return None
    while (separator := ",") == ",":
        value = _value(next(tokens, ""), lookup)
        separator = next(tokens, "")
        if value is None or separator not in (",", ")"):
            return None
        values.append(value)
        if separator == ")":
            break
    fields = {str(number): value for number, value in enumerate(values[1:])}
    return _FIELD.sub(lambda found: fields.get(found[1], found[0]), values[0])
