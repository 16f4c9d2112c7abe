"""Contents: from memory, from the other side and the patch, and only the rest from GitLab.

Many come in one GraphQL request. GitLab 18.4.2 to 18.5 takes no more than one file a query, and newer
versions no more than 20 MB; what cannot be had that way is read file by file, as far as the budget goes.
https://gitlab.com/gitlab-org/gitlab/-/merge_requests/212456
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from analyzers.files import Blob, blob_id
from bot.errors import Gone, TryLater, Unclear
from bot.forges.blobs import BlobCache
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_errors import Unanswerable
from bot.forges.gitlab_queries import CONNECTIONS_A_QUERY, PATHS_A_CONNECTION, blobs_query
from bot.forges.gitlab_sides import Sides
from bot.forges.tree_files import Trees

MOST_BYTES = 1024 * 1024
"""Larger files are not reviewed, so they are not fetched."""
SINGLE_READS = 100
_WORTH_A_QUERY = 20
"""With fewer paths than this, a query that is refused would be refused with any number."""

_QUERY = "blobs"
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content is found: a file of a commit."""

    id: str
    commit: str
    path: str


class BlobReader:
    """Reads for one review, each blob once. `exact_reads_left` bounds the requests for a single one."""

    def __init__(self, client: Client, change: GitlabChange, trees: Trees, cache: BlobCache) -> None:
        self._client = client
        self._change = change
        self._cache = cache
        self._sides = Sides(change.files, trees.base, trees.head)
        self._trees = trees
        self._read: dict[str, bytes | None] = {}
        self.exact_reads_left = SINGLE_READS

    def __call__(self, blobs: Iterable[Blob]) -> Mapping[str, bytes]:
        """The contents by blob id, without those too large, missing or unreadable."""
        wanted = {blob.id for blob in blobs}
        self._derive(wanted)
        self._fetch({self._sides.better(one, self._read) for one in self._missing(wanted)})
        self._derive(wanted)
        self._fetch(self._missing(wanted))
        return {one: content for one in wanted if (content := self._read.get(one)) is not None}

    def _missing(self, wanted: Iterable[str]) -> set[str]:
        return {one for one in wanted if one not in self._read}

    def _derive(self, wanted: Iterable[str]) -> None:
        """From memory, and from the other side of the diff where memory has that."""
        missing = self._missing(wanted)
        others = {other for one in missing for other in self._sides.others(one)}
        self._read |= self._cache.known((missing | others) - self._read.keys())
        for one in self._missing(missing):
            content = self._sides.derive(one, self._read)
            if content is not None and _fits(one, content):
                self._keep(one, content)

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = self._places(set(ids))
        self._read |= dict.fromkeys(place.id for place in missing)
        size = PATHS_A_CONNECTION * CONNECTIONS_A_QUERY
        for start in range(0, len(missing), size):
            for place, content in self._fetched(missing[start : start + size]):
                self._keep(place.id, content)

    def _places(self, ids: Collection[str]) -> list[Place]:
        """Where they are found, in the head where that has them."""
        if not ids:
            return []
        sides = ((self._change.base, self._trees.base), (self._change.head, self._trees.head))
        places = {
            blob.id: Place(blob.id, commit, path)
            for commit, tree in sides
            for path, blob in tree.items()
            if blob.id in ids
        }
        return sorted(places.values(), key=lambda place: (place.commit, place.path))

    def _keep(self, one: str, content: bytes) -> None:
        self._cache.keep(one, content)
        self._read[one] = content

    def _fetched(self, batch: Sequence[Place]) -> Iterator[tuple[Place, bytes]]:
        """In one query; what is too much for one may do in two; else file by file."""
        try:
            yield from self._by_query(batch)
        except (Unanswerable, Unclear) as no:
            if len(batch) > _WORTH_A_QUERY:
                yield from self._fetched(batch[: len(batch) // 2])
                yield from self._fetched(batch[len(batch) // 2 :])
                return
            if isinstance(no, Unanswerable):
                self._client.shun(_QUERY, no)
            yield from self._one_by_one(batch)

    def _by_query(self, batch: Sequence[Place]) -> Iterator[tuple[Place, bytes]]:
        groups = list(_groups(batch))
        document, variables = blobs_query(
            [(group[0].commit, [place.path for place in group]) for group in groups]
        )
        data = self._client.query(_QUERY, document, {"path": self._change.repository, **variables})
        repository = (data["project"] or {}).get("repository")
        if not repository:
            raise Unanswerable("GraphQL shows no repository")
        for number, group in enumerate(groups):
            nodes = {node["path"]: node for node in repository[f"b{number}"]["nodes"]}
            for place in group:
                content = self._content(place, nodes[place.path]) if place.path in nodes else None
                if content is not None:
                    yield place, content

    def _content(self, place: Place, node: Mapping[str, Any]) -> bytes | None:
        """None for what is too large, and for what is left when the single reads are used up."""
        if _OBJECT.fullmatch(place.id) and place.id != node["oid"]:
            raise TryLater(datetime.now(UTC), f"the head of {self._change.ref.key} has moved")
        if int(node["size"] or 0) > MOST_BYTES:
            return None
        if node["rawTextBlob"] is not None:
            content = str(node["rawTextBlob"]).encode("utf-8", "surrogatepass")
            if blob_id(content) == node["oid"]:
                return content
        return self._exact(Place(node["oid"], place.commit, place.path))

    def _one_by_one(self, batch: Iterable[Place]) -> Iterator[tuple[Place, bytes]]:
        for place in batch:
            content = self._exact(place)
            if content is not None and len(content) <= MOST_BYTES:
                yield place, content

    def _exact(self, place: Place) -> bytes | None:
        if self.exact_reads_left <= 0:
            return None
        self.exact_reads_left -= 1
        self._client.files.take()
        repository = f"/projects/{self._change.project}/repository"
        try:
            if _OBJECT.fullmatch(place.id):
                return self._client.read_bytes(f"{repository}/blobs/{place.id}/raw")
            path = quote(place.path, safe="", errors="surrogateescape")
            return self._client.read_bytes(f"{repository}/files/{path}/raw?ref={place.commit}")
        except Gone:
            return None


def _groups(batch: Iterable[Place]) -> Iterator[list[Place]]:
    for _, places in groupby(batch, key=lambda place: place.commit):
        of_commit = list(places)
        for start in range(0, len(of_commit), PATHS_A_CONNECTION):
            yield of_commit[start : start + PATHS_A_CONNECTION]


def _fits(one: str, content: bytes) -> bool:
    return len(content) <= MOST_BYTES and (not _OBJECT.fullmatch(one) or blob_id(content) == one)
