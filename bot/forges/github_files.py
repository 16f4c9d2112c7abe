"""The files of a pull request: compared in one request, listed in pages where that does not do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from analyzers.files import Blob
from bot.forges.base import FileDiff
from bot.forges.github_client import Client

FILES_COMPARED = 300
FILES_LISTED = 3000
PATCH_LINES_COMPARED = 20_000
PAGE, SMALL_PAGE = 100, 25
SMALLER = {PAGE: SMALL_PAGE, SMALL_PAGE: 5, 5: 1}
"""The size of the pages that a page whose patches got lost is asked for again in."""
PAGES_AGAIN = 60
"""A change may be made of nothing but patches that get lost: then the rest stays as it is."""
_STATUSES = {"added": "added", "copied": "added", "removed": "removed", "renamed": "renamed"}
_WHOLE_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

Entry = Mapping[str, Any]


def compare(client: Client, repository: str, base: str, head: str) -> tuple[str, list[Entry]]:
    """The merge base and up to 300 files: page 1 has them all, however few commits it shows."""
    data = client.read(f"/repos/{quote(repository)}/compare/{base}...{head}", per_page=1)
    return data["merge_base_commit"]["sha"], data.get("files") or []


def lost_patches(entries: list[Entry]) -> bool:
    """Past some 20,000 lines an answer reports files as unchanged and without patch.

    https://github.com/orgs/community/discussions/213491
    """
    shown = sum(entry["changes"] for entry in entries if entry.get("patch"))
    return shown > PATCH_LINES_COMPARED // 2 and any(map(_is_blank, entries))


def _is_blank(entry: Entry) -> bool:
    return not entry.get("patch") and entry["changes"] == 0 and entry["status"] in ("added", "modified")


def list_again(client: Client, repository: str, number: int, compared: list[Entry]) -> list[Entry]:
    """The files again from the paged list: up to 3,000, in the smaller pages the longer their patches."""
    size = SMALL_PAGE if len(compared) < FILES_COMPARED else PAGE
    pages = _Pages(client, f"/repos/{quote(repository)}/pulls/{number}/files")
    entries: list[Entry] = []
    for page in range(1, FILES_LISTED // size + 1):
        found = pages.read(page, size)
        entries.extend(found)
        if len(found) < size:
            break
    return entries if len(entries) >= len(compared) else compared


class _Pages:
    """A list read page by page; of one whose patches got lost, the part without them in smaller pages."""

    def __init__(self, client: Client, path: str) -> None:
        self._client = client
        self._path = path
        self._left = PAGES_AGAIN

    def read(self, page: int, size: int) -> list[Entry]:
        found: list[Entry] = self._client.read(self._path, per_page=size, page=page)
        smaller = SMALLER.get(size)
        if smaller is None or not lost_patches(found):
            return found
        first = (page - 1) * (size // smaller) + 1
        parts = [found[start : start + smaller] for start in range(0, len(found), smaller)]
        again = (self._again(number, smaller, part) for number, part in enumerate(parts, first))
        return [entry for part in again for entry in part]

    def _again(self, page: int, size: int, part: list[Entry]) -> list[Entry]:
        if not self._left or not any(map(_is_blank, part)):
            return part
        self._left -= 1
        return self.read(page, size)


def read_file(entry: Entry) -> FileDiff:
    """A copy counts as added, a changed mode as modified."""
    previous = entry.get("previous_filename") or "" if entry["status"] == "renamed" else ""
    status = _STATUSES.get(entry["status"], "modified")
    return FileDiff(entry["filename"], status, entry.get("patch"), previous)


def head_blobs(entries: Iterable[Entry], head: str) -> Iterable[tuple[str, Blob]]:
    """The id may be null by the contract; then git finds the blob by commit and path."""
    for entry in entries:
        if entry["status"] != "removed":
            blob_id, path = entry["sha"] or "", entry["filename"]
            yield path, Blob(blob_id if _WHOLE_ID.fullmatch(blob_id) else f"{head}:{path}")


def retyped(entries: Iterable[Entry]) -> frozenset[str]:
    """Files that were turned into something else, as a link."""
    return frozenset(entry["filename"] for entry in entries if entry["status"] == "changed")
