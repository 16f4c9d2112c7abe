"""Contents by blob id, shared between changes. An id stands for one content for ever: nothing goes stale."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from cachetools import LRUCache

DEFAULT_BYTES = 32 * 1024 * 1024


class BlobCache:
    """Keeps the contents used last, `capacity` bytes of them at most. Safe to share between threads."""

    def __init__(self, capacity: int = DEFAULT_BYTES) -> None:
        self._contents: LRUCache[str, bytes] = LRUCache(capacity, getsizeof=_weight)
        self._lock = threading.Lock()

    def known(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Those of the contents that are here."""
        with self._lock:
            return {one: content for one in ids if (content := self._contents.get(one)) is not None}

    def keep(self, blob_id: str, content: bytes) -> None:
        """Remember a content, at the cost of those not used for longest. One larger than all is not kept."""
        with self._lock:
            if _weight(content) <= self._contents.maxsize:
                self._contents[blob_id] = content

    def forget(self, ids: Iterable[str]) -> None:
        """Have them read again."""
        with self._lock:
            for one in ids:
                self._contents.pop(one, None)


def _weight(content: bytes) -> int:
    """Bytes in memory, about: empty files are not free either."""
    return len(content) + 200
