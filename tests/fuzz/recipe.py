"""From arbitrary bytes to an input for an entry: a text of its grammar, one of its seeds, often spoilt."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fuzz.entry import Entry

_EDIT_BYTES = 5
_MOST_EDITS = 12
_ODD = (
    "\0",
    "\r\n",
    "\t",
    "\ufeff",
    "\u2028",
    "\x85",
    "é",
    "😀",
    '"',
    "'",
    "`",
    "\\",
    "\\\n",
    "${",
    "{{",
    "\n\n",
)


def cook(entry: Entry, data: bytes) -> bytes:
    """The input that some bytes stand for. A leading zero byte is followed by the input itself."""
    mode, rest = data[:1] or b"\1", data[1:]
    if mode == b"\0":
        return rest
    count = mode[0] % 4 * 3
    edits, choices = rest[: count * _EDIT_BYTES], rest[count * _EDIT_BYTES :]
    if mode[0] & 16 and entry.seeds:
        text = entry.seeds[(choices[0] if choices else 0) % len(entry.seeds)]
    else:
        text = entry.grammar.text(choices)
    return spoilt(text, edits, (*entry.grammar.tokens, *_ODD)).encode("utf-8", "replace")


def spoilt(text: str, edits: bytes, tokens: Sequence[str]) -> str:
    """The text after some edits at places far apart: cut, doubled, moved, or with tokens in between."""
    for start in range(0, min(len(edits), _MOST_EDITS * _EDIT_BYTES), _EDIT_BYTES):
        edit = edits[start : start + _EDIT_BYTES].ljust(_EDIT_BYTES, b"\0")
        text = _edited(text, edit, tokens)
    return text


def _edited(text: str, edit: bytes, tokens: Sequence[str]) -> str:
    high, low, kind, size, pick = edit
    at = (high << 8 | low) * (len(text) + 1) >> 16
    end = at + size % 64
    token = tokens[pick % len(tokens)]
    match kind % 6:
        case 0:
            return text[:at] + text[end:]
        case 1:
            return text[:end] + text[at:]
        case 2:
            return text[:at] + text[end : end + size] + text[at:end] + text[end + size :]
        case 3:
            return text[:at] + token * (size if kind > 200 else 1) + text[end if kind & 1 else at :]
        case 4:
            return text[:at] + token + text[at:]
        case _:
            return text[:at]
