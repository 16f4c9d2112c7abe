"""What a person may have meant by a name that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from analyzers.catalogue import find_rules
from bot.review.markdown import code

MAX_NAME = 60
"""Characters of the name that are looked at and shown."""


def nearest_rule(name: str) -> str:
    """A sentence on a name that no rule has."""
    return nearest("rule", name, find_rules())


def nearest(kind: str, name: str, known: Iterable[str], form: str = "{}") -> str:
    """A sentence on a name that nothing of the kind has. `form` says how such a name is written out."""
    shown = name[:MAX_NAME]
    close = get_close_matches(shown.lower(), list(known), 1)
    hint = f" Did you mean {code(form.format(close[0]))}?" if close else ""
    return f"There is no {kind} {code(shown)}.{hint}"
