"""What was said on a merge request, read alike from GraphQL and REST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.forges.base import Thread
from bot.forges.gitlab_change import Sticky
from bot.forges.gitlab_note import read_mark
from bot.review.markers import read_marker


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `head` is the commit that its line belongs to."""

    id: str
    author: str
    """The user's number."""
    body: str
    is_system: bool
    path: str = ""
    line: int | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Discussion:
    """A conversation, or a single note that nobody has answered."""

    id: str
    notes: tuple[Note, ...]
    is_resolved: bool = False
    can_resolve: bool = False
    resolved_by: str = ""
    is_cut: bool = False
    """It has more notes than these."""


def threads(discussions: Iterable[Discussion], own: str, head: str) -> Iterator[Thread]:
    """Those we began: the first note is ours by its author's number, and bears our marker."""
    for one in discussions:
        first = one.notes[0] if one.notes else None
        marker = read_marker(first.body) if first and first.author == own else None
        if first is None or marker is None:
            continue
        yield Thread(
            id=one.id,
            path=first.path,
            line=first.line if first.head == head else None,
            body=first.body,
            fingerprint=marker.fingerprint,
            rule=marker.rule,
            head=marker.head,
            is_resolved=one.is_resolved,
            has_replies=one.is_cut or any(note.author != own and not note.is_system for note in one.notes),
            can_resolve=one.can_resolve,
            comment_id=first.id,
            root=one.id,
            first_line=first.line,
            is_closed_by_us=one.is_resolved and one.resolved_by == own,
        )


def sticky(discussions: Iterable[Discussion], own: str) -> Sticky | None:
    """Our summary note, the oldest if there should be several."""
    for one in discussions:
        first = one.notes[0] if one.notes else None
        mark = read_mark(first.body) if first and first.author == own else None
        if first and mark is not None:
            return Sticky(first.id, first.body, mark)
    return None


def from_graphql(node: Mapping[str, Any]) -> Discussion:
    """Global ids end with the number, or the digest, that REST knows the thing by."""
    return Discussion(
        id=last_part(node["id"]),
        notes=tuple(_graphql_note(note) for note in node["notes"]["nodes"]),
        is_resolved=bool(node["resolved"]),
        can_resolve=bool(node["resolvable"]),
        resolved_by=last_part((node["resolvedBy"] or {}).get("id")),
        is_cut=bool(node["notes"]["pageInfo"]["hasNextPage"]),
    )


def from_rest(entry: Mapping[str, Any]) -> Discussion:
    """REST tells who resolved by note; the first one stands for all."""
    notes = entry["notes"]
    first = notes[0] if notes else {}
    return Discussion(
        id=str(entry["id"]),
        notes=tuple(map(_rest_note, notes)),
        is_resolved=bool(first.get("resolved")),
        can_resolve=bool(first.get("resolvable")),
        resolved_by=str((first.get("resolved_by") or {}).get("id", "")),
    )


def last_part(global_id: str | None) -> str:
    """`gid://gitlab/Note/12` without what comes before the number."""
    return (global_id or "").rpartition("/")[2]


def _graphql_note(note: Mapping[str, Any]) -> Note:
    position = note["position"] or {}
    return Note(
        id=last_part(note["id"]),
        author=last_part((note["author"] or {}).get("id")),
        body=note["body"] or "",
        is_system=bool(note["system"]),
        path=position.get("newPath") or position.get("oldPath") or "",
        line=position.get("newLine"),
        head=(position.get("diffRefs") or {}).get("headSha") or "",
    )


def _rest_note(note: Mapping[str, Any]) -> Note:
    position = note.get("position") or {}
    return Note(
        id=str(note["id"]),
        author=str((note.get("author") or {}).get("id", "")),
        body=note.get("body") or "",
        is_system=bool(note.get("system")),
        path=position.get("new_path") or position.get("old_path") or "",
        line=position.get("new_line"),
        head=position.get("head_sha") or "",
    )
