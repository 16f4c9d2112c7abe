"""Several files in one text: a line `-- path --` begins each."""

from __future__ import annotations

import re

_HEAD = re.compile(rb"^-- ([^\n]{1,200}?) --\r?\n", re.M)


def files_of(content: bytes) -> dict[str, bytes]:
    """The files by path. Those whose path could not stand in a repository are left out."""
    parts = _HEAD.split(content)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {path.decode(): text for path, text in named if _is_path(path)}


def _is_path(path: bytes) -> bool:
    return (
        path.isascii() and path.decode().isprintable() and all(part.strip(b". ") for part in path.split(b"/"))
    )
