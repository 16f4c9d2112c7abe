"""A review in a terminal, as a person would read it on a forge. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from bot.forges.base import Summary
from bot.store.local import Conversation

_HIDDEN = re.compile(r"<!--.*?-->|<sub>.*?</sub>", re.S)
_LINK = re.compile(r"\[((?:[^\[\]`]|`[^`]*`)*)\]\([^()\s]*\)")
_TAG = re.compile(r"</?(?:details|summary)>")
_RULER = re.compile(r"^\|[ :|-]+\|$\n?", re.M)


def tell_conversations(conversations: Iterable[Conversation]) -> str:
    """Every comment below the place it stands at, in the order of the diff."""
    ordered = sorted(conversations, key=lambda one: (one.path, one.line or 0))
    return "\n\n".join(f"{_place(one)}\n{textwrap.indent(as_text(one.body), '    ')}" for one in ordered)


def tell_summary(summary: Summary) -> str:
    title = f"[{summary.conclusion}] {summary.title}"
    return f"{title}\n{textwrap.indent(as_text(summary.body), '    ')}"


def as_text(markdown: str) -> str:
    """Markdown without what only a browser can use: links, hidden lines, escapes."""
    text = _TAG.sub("", _RULER.sub("", _LINK.sub(r"\1", _HIDDEN.sub("", markdown))))
    text = re.sub(r"\\([\\`*_{}\[\]<>|~&])", r"\1", text.replace("**", "").replace("\u200b", ""))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _place(conversation: Conversation) -> str:
    if conversation.line is None:
        return conversation.path
    start = conversation.start_line
    return f"{conversation.path}, " + (f"lines {start}-" if start else "line ") + str(conversation.line)
