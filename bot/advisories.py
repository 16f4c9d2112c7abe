"""Where the Go vulnerability database comes from: a folder, or an address in the layout of https://go.dev/doc/security/vuln/database."""

from __future__ import annotations

import gzip
import io
import threading
import urllib.error
import urllib.request
import zlib
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cachetools import TTLCache

from analyzers.model.modules.advisories import AdvisoryDatabase, Reader, directory_reader
from bot.errors import Misconfigured

DEFAULT_DATABASE = "https://vuln.go.dev"
_TIMEOUT_SECONDS = 10
_MAX_BYTES = 64 << 20
_KEEP_SECONDS = 3600


def open_database(address: str) -> AdvisoryDatabase:
    """The database at a `file://`, `https://` or `http://` address. Raises Misconfigured."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        if not (folder / "index" / "modules.json").is_file():
            raise Misconfigured(f"GOVULNDB: {folder} holds no index/modules.json")
        return AdvisoryDatabase(directory_reader(folder))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Misconfigured(f"GOVULNDB: {address!r} is neither a file:// nor an https:// address")
    return AdvisoryDatabase(http_reader(address.rstrip("/")))


def http_reader(address: str) -> Reader:
    """Reads entries over HTTP, compressed as the database serves them, each kept for an hour.

    The reader raises OSError where the database cannot be reached.
    """
    kept: TTLCache[str, bytes | None] = TTLCache(maxsize=2_000, ttl=_KEEP_SECONDS)
    lock = threading.Lock()

    def read(name: str) -> bytes | None:
        with lock:
            if name in kept:
                return kept[name]
        content = _download(f"{address}/{name}.gz")
        with lock:
            kept[name] = content
        return content

    return read


def _download(url: str) -> bytes | None:
    request = urllib.request.Request(url, headers={"User-Agent": "shipworthy"})  # noqa: S310 - the operator's address
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
            packed = answer.read(_MAX_BYTES)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as unpacked:
            content = unpacked.read(_MAX_BYTES)
    except urllib.error.HTTPError as refusal:
        if refusal.code == 404:
            return None
        raise
    except (EOFError, HTTPException, zlib.error) as broken:
        raise OSError(f"{url} sent a broken answer: {broken}") from None
    if not content:
        raise OSError(f"{url} sent an empty answer")
    return content
