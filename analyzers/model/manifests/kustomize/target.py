"""Which objects a patch is meant for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.yaml_facts import known_texts
from analyzers.parsers.yaml_node import Node

_LITERAL = re.compile(r"[\w./:-]*")
_EQUALITY = re.compile(r"([\w./-]+)\s*(==?|!=)\s*([\w.-]*)")


def selects(target: Node, resource: Resource) -> bool | None:
    """Whether a `target` means an object; None where it asks in a way not understood here."""
    group, version = _api(resource)
    answers = [
        matches(target["kind"].text, resource.kind),
        matches(target["group"].text, group),
        matches(target["version"].text, version),
        _any(matches(target["name"].text, name) for name in (resource.name, *resource.names)),
        matches(target["namespace"].text, resource.namespace),
        _has_marks(target["labelSelector"].text, resource.node.at("metadata", "labels")),
        _has_marks(target["annotationSelector"].text, resource.node.at("metadata", "annotations")),
    ]
    return False if False in answers else None if None in answers else True


def matches(pattern: str, text: str) -> bool | None:
    """Whether a text is wholly what a regular expression means; None for more than `.*` and `|` in it.

    Expressions of strangers are not handed to a machine that can be made to run for hours.
    """
    if not pattern:
        return True
    choices = pattern.removeprefix("^").removesuffix("$").split("|")
    return _any(_fits(choice.strip("()") if "|" in pattern else choice, text) for choice in choices)


def _fits(choice: str, text: str) -> bool | None:
    pieces = choice.split(".*")
    if not all(_LITERAL.fullmatch(piece) for piece in pieces):
        return None
    first, *middle, last = pieces if len(pieces) > 1 else (choice, "")
    at, end = len(first), len(text) - len(last)
    if at > end or not _stands_at(first, text, 0) or not _stands_at(last, text, end):
        return False
    for piece in middle:
        # A dot is any one character, so what a piece matches is as long as the piece.
        found = re.compile(piece).search(text, at, end)
        if not found:
            return False
        at = found.end()
    return len(pieces) > 1 or at == end


def _stands_at(piece: str, text: str, at: int) -> bool:
    return bool(re.compile(piece).match(text, at))


def _api(resource: Resource) -> tuple[str, str]:
    group, _, version = resource.node["apiVersion"].text.rpartition("/")
    return group, version


def _has_marks(selector: str, marks: Node) -> bool | None:
    """Whether labels are as a selector asks: `app=web,tier!=db,team`."""
    if not selector:
        return True
    known = known_texts(marks)
    answers = [_has_mark(part.strip(), known) for part in selector.split(",")]
    return False if False in answers else None if None in answers else True


def _has_mark(part: str, marks: dict[str, str]) -> bool | None:
    if found := _EQUALITY.fullmatch(part):
        is_equal = marks.get(found[1]) == found[3]
        return is_equal if found[2] != "!=" else not is_equal
    return part in marks if _LITERAL.fullmatch(part) else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False
