"""`${{ }}` expressions of GitHub Actions: hidden from the shell's grammar, resolved where that is simple.

Syntax: https://docs.github.com/en/actions/reference/evaluate-expressions-in-workflows-and-actions
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.parsers.placeholder import PLACEHOLDER

_FILL, _END = "_", "\ue001"
_DIGIT = 0xE100
_HIDDEN = re.compile(f"{PLACEHOLDER}([\ue100-\ue1ff])([\ue100-\ue1ff]){_FILL}*{_END}")
_SIMPLE = re.compile(r"\$\{\{\s{0,9}(matrix|env)\.([\w-]{1,100})\s{0,9}\}\}")
_HASH_FILES = re.compile(r"\bhashFiles\(([^()\n]{0,1000})\)")
_QUOTED = re.compile(r"'([^']*)'")
_MOST = 1 << 16


def has_expression(text: str) -> bool:
    return "${{" in text


def simple_reference(text: str) -> tuple[str, str] | None:
    """The context and name of a text that is one plain `${{ matrix.name }}` or `${{ env.name }}`."""
    found = _SIMPLE.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def hashed_files(text: str) -> tuple[str, ...]:
    """The patterns that the `hashFiles` calls of a text are given."""
    return tuple(pattern for call in _HASH_FILES.finditer(text) for pattern in _QUOTED.findall(call[1]))


def hash_calls(text: str) -> tuple[tuple[str, ...], ...] | None:
    """The patterns of each `hashFiles` call of a text; None where one of them is more than plain texts."""
    calls = [found[1] for found in _HASH_FILES.finditer(text)]
    is_plain = all(not _QUOTED.sub("", call).strip(" ,") for call in calls)
    if not is_plain or len(calls) != text.count("hashFiles"):
        return None
    return tuple(tuple(_QUOTED.findall(call)) for call in calls)


def hide(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each expression turned into one word of the same length, and the expressions."""
    pieces: list[str] = []
    expressions: list[str] = []
    done, start = 0, text.find("${{")
    while start >= 0 and len(expressions) < _MOST:
        end = text.find("}}", start) + 2
        if end < 2:
            break
        pieces += (text[done:start], _stand_in(len(expressions), end - start))
        expressions.append(text[start:end])
        done, start = end, text.find("${{", end)
    return "".join((*pieces, text[done:])), tuple(expressions)


def restore(text: str, expressions: Sequence[str]) -> str:
    """The text as it was written, given the expressions that `hide` took out."""
    if PLACEHOLDER not in text:
        return text
    return _HIDDEN.sub(lambda found: _expression(found[1], found[2], expressions), text)


def _stand_in(index: int, length: int) -> str:
    high, low = divmod(index, 256)
    return (PLACEHOLDER + chr(_DIGIT + high) + chr(_DIGIT + low)).ljust(length - 1, _FILL) + _END


def _expression(high: str, low: str, expressions: Sequence[str]) -> str:
    index = (ord(high) - _DIGIT) * 256 + ord(low) - _DIGIT
    return expressions[index] if index < len(expressions) else "${{ }}"
