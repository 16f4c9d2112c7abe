"""Text that is decided later, by a template engine, a shell or a cluster, and so cannot be known here."""

from __future__ import annotations

import re
from collections.abc import Iterator

PLACEHOLDER = "\ue000"
"""A private-use character: what stands, repeated or with a number, in the place of a template's action."""

_FILL = "\ue001"
_OPEN, _CLOSE = "\ue002", "\ue003"
_DIGIT = 0xE100
_NUMBERED = re.compile(f"{PLACEHOLDER}([\ue100-\ue1ff]{{3}}){_FILL}*")
_SYMBOLS = re.compile(f"{PLACEHOLDER}{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_VARIABLE = re.compile(r"\$\{|\$\(|\{\{|\$[A-Za-z_]\w*$")


def is_known(text: str) -> bool:
    """False for text with a placeholder, `{{ }}`, `${NAME}`, `$(NAME)`, or that ends in `$NAME`."""
    return PLACEHOLDER not in text and not _VARIABLE.search(text)


def is_comparable(text: str) -> bool:
    """Known, or put together from known text and symbols: equal texts of this kind mean the same."""
    return is_known(_SYMBOLS.sub("", text) if PLACEHOLDER in text else text)


def symbol(name: str) -> str:
    """A text that is unknown, and the same wherever it has the same name."""
    return f"{PLACEHOLDER}{_OPEN}{name}{_CLOSE}"


def stand_in(number: int, length: int) -> str:
    """What takes the place of a numbered action; four characters or more tell the number again."""
    if length < 4 or not 0 <= number < 1 << 24:
        return PLACEHOLDER * length
    digits = (number >> 16, number >> 8 & 255, number & 255)
    return (PLACEHOLDER + "".join(chr(_DIGIT + digit) for digit in digits)).ljust(length, _FILL)


def split_placeholders(text: str) -> Iterator[str | int]:
    """The text's known stretches, and the numbers of the actions between them."""
    done = 0
    for found in _NUMBERED.finditer(text):
        if found.start() > done:
            yield text[done : found.start()]
        high, middle, low = (ord(digit) - _DIGIT for digit in found[1])
        yield high << 16 | middle << 8 | low
        done = found.end()
    if done < len(text):
        yield text[done:]
