"""What is wrong with a JSON array that BuildKit takes for the text form without a word.

https://docs.docker.com/reference/dockerfile/#exec-form
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzers.parsers.light import light_value

_TOKEN = re.compile(
    r"""(?P<plain>"(?:[^"\\]|\\.)*")|(?P<single>'[^']*')|(?P<curly>[“”„‟][^“”„‟"]*[“”„‟])|(?P<comma>,)"""
    r"""|(?P<end>\])|(?P<bare>[^\s,\]"'“”„‟]+)|(?P<open>["'“”„‟])"""
)
_OPERATOR = re.compile(r"!|=|==|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)")
_QUESTION = re.compile(r"\[ +-[a-zA-Z] ")
"""Of the shell's `[` command: `[ -f file`."""
_MOST_TOKENS = 500


@light_value
class BrokenArray:
    """`reason` follows a "because". `words` is what is meant; None where that is not sure."""

    reason: str
    words: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Read:
    kinds: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    rest: str = ""


def examine(text: str) -> BrokenArray | None:
    """Why a text that begins with `[` is no JSON array; None where it is the shell's own `[` command."""
    read = _read(text)
    if not read.words or _QUESTION.match(text) or _is_test(read):
        return None
    reason = _reason(read)
    is_plain = not any("$" in word or "`" in word or "\\" in word for word in read.words)
    is_sure = is_plain and (not read.rest or read.rest.startswith("#")) and "open" not in read.kinds
    return BrokenArray(reason, tuple(read.words) if is_sure else None)


def _read(text: str) -> _Read:
    read = _Read()
    for token in _TOKEN.finditer(text, 1):
        kind = token.lastgroup or ""
        read.kinds.append(kind)
        if kind in ("plain", "single", "curly"):
            read.words.append(token[0][1:-1])
        elif kind == "bare":
            read.words.append(token[0])
            read.bare.append(token[0])
        if kind == "end":
            read.rest = text[token.end() :].strip()
        if kind == "end" or len(read.kinds) >= _MOST_TOKENS:
            break
    return read


def _is_test(read: _Read) -> bool:
    """An operator, or words without a comma and a command behind the bracket."""
    if any(map(_OPERATOR.fullmatch, read.bare)):
        return True
    return "comma" not in read.kinds and read.rest[:1] in ("&", "|", ";")


def _reason(read: _Read) -> str:
    if "open" in read.kinds:
        return "a quote is not closed"
    if "end" not in read.kinds:
        return "the closing bracket is missing"
    if read.rest:
        return "something follows the closing bracket"
    if "curly" in read.kinds:
        return "its quotes are curly ones"
    if "single" in read.kinds:
        return "its quotes are single ones"
    if read.bare:
        return f"`{read.bare[0][:40]}` has no quotes"
    return _reason_of_commas(read.kinds) or "it holds a `\\` that JSON does not know"


def _reason_of_commas(kinds: Sequence[str]) -> str:
    pairs = list(pairwise(kinds))
    if ("comma", "end") in pairs:
        return "a comma stands before the closing bracket"
    if kinds[0] == "comma" or ("comma", "comma") in pairs:
        return "a comma has nothing before it"
    return "a comma is missing" if ("plain", "plain") in pairs else ""


def as_array(words: Sequence[str]) -> str:
    """The words as BuildKit wants them."""
    return json.dumps(list(words), ensure_ascii=False)
