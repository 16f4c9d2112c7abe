"""Spring profiles: which of them run in production."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"^(?:dev(?:el|elop|elopment)?|local\w*|tests?|it|e2e|ci|h2|integration\w*|unittest\w*)$", re.I
)
_MOST_TEXT = 200


def is_deployed_profile(expression: str) -> bool:
    """Whether settings of a profile, or under a springProfile's expression, count for what is deployed.

    `?` is a condition that is not known.
    """
    words = re.findall(r"(!?)\s*([\w-]+)", expression[:_MOST_TEXT])
    if "?" in expression:
        return False
    return not words or any(bool(_ASIDE.match(word)) is bool(negation) for negation, word in words)
