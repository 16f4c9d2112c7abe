"""Many contents in one request: blobs over GraphQL, one by one only where it cannot tell them exactly."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from analyzers.files import Blob
from bot.errors import Gone, Unclear
from bot.forges.blobs import BlobCache
from bot.forges.github_client import Client
from bot.forges.github_queries import blobs_query

MOST_BYTES = 1024 * 1024
"""Larger files are not reviewed, so they are not fetched."""
BLOBS_A_QUERY = 250
"""Enough for both sides of a hundred changed files."""
BYTES_A_QUERY = 4 * 1024 * 1024
SINGLE_READS = 30
_GUESSED_BYTES = 16 * 1024


class BlobReader:
    """Reads for one review, each blob once. `exact_reads_left` bounds the requests for a single one."""

    def __init__(self, client: Client, repository: str, cache: BlobCache) -> None:
        self._client = client
        self._repository = repository
        self._cache = cache
        self._read: dict[str, bytes | None] = {}
        self.exact_reads_left = SINGLE_READS

    def __call__(self, blobs: Iterable[Blob]) -> Mapping[str, bytes]:
        """The contents by blob id, without those too large, missing or unreadable."""
        wanted = {blob.id: blob for blob in blobs if blob.size <= MOST_BYTES}
        self._read |= self._cache.known(wanted.keys() - self._read.keys())
        missing = [blob for one, blob in wanted.items() if one not in self._read]
        for batch in _batches(missing):
            self._read |= dict.fromkeys(blob.id for blob in batch)
            for one, fetched in self._fetched_or_halved(batch):
                self._cache.keep(one, fetched)
                self._read[one] = fetched
        return {one: content for one in wanted if (content := self._read[one]) is not None}

    def _fetched_or_halved(self, batch: Sequence[Blob]) -> Iterator[tuple[str, bytes]]:
        """What is too much for one query may do in two."""
        half = len(batch) // 2
        try:
            yield from self._fetched(batch)
        except Unclear:
            if not half:
                raise
            yield from self._fetched(batch[:half])
            yield from self._fetched(batch[half:])

    def _fetched(self, batch: Sequence[Blob]) -> Iterator[tuple[str, bytes]]:
        document, variables = blobs_query([blob.id for blob in batch])
        owner, _, name = self._repository.partition("/")
        data, errors = self._client.query(document, {"owner": owner, "name": name, **variables})
        if data.get("repository") is None:
            raise errors[0] if errors else Gone(f"there is no {self._repository}")
        for number, blob in enumerate(batch):
            answer = data["repository"].get(f"b{number}")
            content = self._content(answer) if answer else None
            if content is not None:
                yield blob.id, content

    def _content(self, answer: Mapping[str, Any]) -> bytes | None:
        """None for what is too large, and for what is left when the single reads are used up."""
        size = answer.get("byteSize", MOST_BYTES + 1)
        if size > MOST_BYTES:
            return None
        text = answer["text"]
        if text is not None and not answer["isTruncated"] and not answer["isBinary"]:
            content = str(text).encode("utf-8", "surrogatepass")
            if len(content) == size:
                return content
        return self._exact(answer["oid"])

    def _exact(self, oid: str) -> bytes | None:
        if self.exact_reads_left <= 0:
            return None
        self.exact_reads_left -= 1
        answer = self._client.read(f"/repos/{quote(self._repository)}/git/blobs/{oid}")
        return base64.b64decode(answer["content"])


def _batches(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    """Few enough, and small enough together, for GitHub's ten seconds a query."""
    batch: list[Blob] = []
    size = 0
    for blob in blobs:
        weight = blob.size if blob.size >= 0 else _GUESSED_BYTES
        if batch and (len(batch) >= BLOBS_A_QUERY or size + weight > BYTES_A_QUERY):
            yield batch
            batch, size = [], 0
        batch.append(blob)
        size += weight
    if batch:
        yield batch
