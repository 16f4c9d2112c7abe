"""The files of a merge request, from REST's paged list: the only one that shows their diffs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.forges.base import FileDiff
from bot.forges.gitlab_client import Client

FILES_LISTED = 3000
_REGULAR = frozenset({"100644", "100755"})
_NOTHING = frozenset({"0", "000000", ""})

Entry = Mapping[str, Any]


def list_files(client: Client, path: str) -> list[Entry]:
    """Up to 3,000, a hundred a request. GitLab has this list since 15.7."""
    return list(client.pages(f"{path}/diffs", FILES_LISTED // 100))


def read_file(entry: Entry) -> FileDiff:
    """A collapsed or too large file comes with an empty diff, a binary one with a sentence."""
    status = _status(entry)
    previous = entry["old_path"] if status == "renamed" else ""
    path = entry["old_path"] if status == "removed" else entry["new_path"]
    return FileDiff(path, status, _patch(entry), previous)


def links(entries: Iterable[Entry]) -> frozenset[str]:
    """Paths that are no regular files at the head."""
    return frozenset(entry["new_path"] for entry in entries if _is_odd(entry.get("b_mode")))


def former_links(entries: Iterable[Entry]) -> frozenset[str]:
    """Paths that were no regular files in the base."""
    return frozenset(entry["old_path"] for entry in entries if _is_odd(entry.get("a_mode")))


def _status(entry: Entry) -> str:
    if entry["new_file"]:
        return "added"
    if entry["deleted_file"]:
        return "removed"
    return "renamed" if entry["renamed_file"] else "modified"


def _patch(entry: Entry) -> str | None:
    """From the first hunk on. Empty where nothing but the name, or the mode, has changed."""
    diff = entry.get("diff") or ""
    begin = 0 if diff.startswith("@@ ") else diff.find("\n@@ ") + 1
    if diff[begin:].startswith("@@ "):
        return str(diff[begin:])
    return "" if not diff and _is_shown_whole(entry) and _moved(entry) else None


def _is_shown_whole(entry: Entry) -> bool:
    """Older versions do not tell."""
    return entry.get("collapsed") is False and entry.get("too_large") is False


def _moved(entry: Entry) -> bool:
    return _status(entry) != "modified" or entry.get("a_mode") != entry.get("b_mode")


def _is_odd(mode: object) -> bool:
    return str(mode or "") not in _REGULAR | _NOTHING
