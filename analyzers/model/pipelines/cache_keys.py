"""What makes the key of a GitHub cache another one: files, the commit, the branch, or nothing at all."""

from __future__ import annotations

import re
from typing import Literal

ChangesWith = Literal["files", "commit", "branch", "nothing", "unknown"]
_EXPRESSION = re.compile(r"\$\{\{(.{0,500}?)\}\}", re.S)
_FIXED = re.compile(
    r"runner\.(?:os|arch)|matrix\.[\w.-]+|github\.(?:job|workflow|repository|event_name)|'[^']*'|strategy\.[\w-]+"
)
_BRANCHES = frozenset({"github.ref", "github.ref_name", "github.head_ref", "github.base_ref"})
_COMMITS = frozenset(
    {"github.sha", "github.run_id", "github.run_number", "github.event.pull_request.head.sha"}
)


def changes_with(key: str) -> ChangesWith:
    """What decides most about it; unknown where something else than names of GitHub's own stands in it."""
    found = {_kind(each.strip()) for each in _EXPRESSION.findall(key)}
    if not key or "unknown" in found or key.count("${{") != len(_EXPRESSION.findall(key)):
        return "unknown"
    ranks: tuple[ChangesWith, ...] = ("files", "commit", "branch")
    return next((kind for kind in ranks if kind in found), "nothing")


def varying_parts(key: str) -> tuple[str, ...]:
    """The expressions that name a commit or branch, as written."""
    return tuple(
        each[0] for each in _EXPRESSION.finditer(key) if _kind(each[1].strip()) in ("commit", "branch")
    )


def _kind(expression: str) -> ChangesWith:
    if "hashFiles" in expression:
        return "files"
    if expression in _COMMITS:
        return "commit"
    if expression in _BRANCHES:
        return "branch"
    return "nothing" if _FIXED.fullmatch(expression) else "unknown"
