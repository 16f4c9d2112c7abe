"""Where a script finds itself: `$(dirname "$0")`, `$(cd "$(dirname "$0")" && pwd)`, `$(pwd)` and the like."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from analyzers.model.builds.places import ROOT

_LONGEST = 1_024
_ROUNDS = 4
_SELF = re.compile(r"\$(?:0\b|\{0\}|BASH_SOURCE\b|\{BASH_SOURCE(?:\[0\])?\})")
_PLACE = rf"({ROOT}[^\s()$;&|]{{0,500}})"
_QUIET = r"(?: >(?: ?/dev/null|&2)(?: 2>&1)?)?"
_FOLDER = re.compile(rf"\$\( ?dirname(?: --)? {_PLACE} ?\)")
_SAME = re.compile(rf"\$\( ?(?:readlink -[ef]|realpath)(?: --)? {_PLACE} ?\)")
_INSIDE = re.compile(rf"\$\( ?cd(?: -P)?(?: --)? {_PLACE}{_QUIET} ?(?:&&|;) ?pwd(?: -P)? ?\)")
_HERE = re.compile(r"\$\( ?pwd(?: -P)? ?\)|\$PWD\b|\$\{PWD\}")
_VARIABLE = re.compile(r"\$(?:(\w{1,100})|\{(\w{1,100})\})")


def put_in_place(text: str, script: str, folder: str | None, lookup: Callable[[str], str | None]) -> str:
    """A word without its double quotes, with the paths put in that lead from a script or from where it is.

    They begin with ROOT. `script` is empty and `folder` None where they are not known.
    """
    if "$" not in text or len(text) > _LONGEST:
        return text
    if folder is not None:
        text = _HERE.sub(_rooted(folder), text)
    if script:
        text = _SELF.sub(_rooted(script), text.replace("${0%/*}", "$(dirname $0)"))
    if "$(" not in text:
        return text
    text = _VARIABLE.sub(lambda found: _placed(found, lookup), text)
    for _ in range(_ROUNDS):
        before = text
        text = _FOLDER.sub(lambda found: posixpath.dirname(found[1]) or ROOT, text)
        text = _SAME.sub(lambda found: found[1], text)
        text = _INSIDE.sub(lambda found: _normal(found[1]), text)
        if text == before:
            break
    return text


def _rooted(path: str) -> str:
    return f"{ROOT}/{path}" if path else ROOT


def _placed(found: re.Match[str], lookup: Callable[[str], str | None]) -> str:
    """A variable's value where it is such a path, or else the variable."""
    value = lookup(found[1] or found[2])
    return value if value and value.startswith(ROOT) else found[0]


def _normal(path: str) -> str:
    """A path without `..`; one that leaves the checkout stays as it is."""
    inside = posixpath.normpath(path.removeprefix(ROOT).lstrip("/") or ".")
    return path if inside.startswith("..") else _rooted("" if inside == "." else inside)
