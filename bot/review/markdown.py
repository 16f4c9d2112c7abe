"""Text from a change made harmless inside Markdown: it can neither format, link, mention nor hide.

GitHub and GitLab look for mentions, references and addresses in the rendered text, so a backslash
does not stop them; a zero-width space inside does.
"""

from __future__ import annotations

import re

MAX_PROSE = 2_000
"""Characters of one sentence or paragraph. Ours are far shorter; values of a change may be long."""

_GAP = "\u200b"
_LIVELY = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=[#\w])")
_REFERENCE = re.compile(r"([@#!$%](?=\w))|(://)|(\bwww)(?=\.)|(\bGH)(?=-\d)", re.I)
_BLOCK = re.compile(r"[-+#=]|\d+[.)]")
_RUNS = re.compile(r"(`+)")
_SUGGESTION = re.compile(r"^(`{3,})suggestion(?::-\d+\+\d+)?$", re.MULTILINE)
_STARTS = re.compile(r"\s*(?:[-*+|>#]|\d+[.)])(?:\s|$)|\s*\||    ")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def prose(text: str) -> str:
    """A paragraph of ours with values from the change in it. Only `code` keeps its meaning."""
    parts = _RUNS.split(_shorten(_clean(text)))
    said = [_GAP] if _BLOCK.match(parts[0]) else []
    while parts:
        run = parts.pop(0)
        closing = parts.index(run) if run.startswith("`") and run in parts else None
        if closing is None:
            said.append(_tame(run))
        else:
            said.append(code("".join(parts[:closing])))
            del parts[: closing + 1]
    return "".join(said)


def sentence(text: str) -> str:
    """A paragraph that begins with a capital and ends with a full stop, as rules' pages write neither."""
    return _as_sentence(prose(text))


def code(text: str) -> str:
    """A code span that holds any text. Nothing is linked or mentioned from within one."""
    text = _shorten(_clean(text)).replace("-->", f"--{_GAP}>")
    if not text.strip():
        return ""
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def cell(markdown: str) -> str:
    """Markdown fit for a table's cell. A pipe needs its backslash even inside a code span."""
    return re.sub(r"(?<!\\)\|", r"\\|", markdown).replace("\n", " ")


def unwrap(text: str) -> str:
    """Paragraphs of a page of ours with each on one line: in a comment GitHub shows where a line ends."""
    lines: list[str] = []
    in_fence = False
    for line in text.split("\n"):
        is_mark = line.lstrip().startswith("```")
        goes_on = lines and not in_fence and not is_mark and line.strip() and _is_text(lines[-1])
        if goes_on and not _STARTS.match(line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
        in_fence ^= is_mark
    return "\n".join(lines)


def fence(text: str, kind: str) -> str:
    """A fenced block, its fence longer than any in the text. `kind` is the word behind it."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    body = f"{readable(text)}\n" if text else ""
    return f"{ticks}{kind}\n{body}{ticks}"


def without_suggestions(body: str) -> str:
    """A comment of ours with its suggested lines to read, not to commit with a click. In any dialect."""
    return _SUGGESTION.sub(r"\1", body)


def plain(text: str) -> str:
    """For places that show text as it is: back-ticks and what looks odd taken out."""
    return _shorten(_clean(text).replace("`", ""))


def plain_sentence(text: str) -> str:
    """As `plain`, with a capital and a full stop."""
    return _as_sentence(plain(text))


def readable(text: str) -> str:
    """Text that any encoder and any database takes: what was no UTF-8 is a question mark, a zero a sign."""
    text = text.replace("\0", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("```", "|", "#"))


def _as_sentence(said: str) -> str:
    return said[:1].upper() + said[1:] + ("" if not said or said[-1] in ".?!…" else ".")


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", " ".join(readable(text).split()))


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_PROSE else text[: MAX_PROSE - 1] + "…"


def _tame(text: str) -> str:
    text = _REFERENCE.sub(lambda found: _part(found[0]), text)
    return _LIVELY.sub(lambda found: "\\" + found[0], text)


def _part(sign: str) -> str:
    return f":{_GAP}//" if sign == "://" else sign + _GAP


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
