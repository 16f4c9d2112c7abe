"""Folders in which package managers keep what they download, and the files that decide what that is."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LOCK_FILES = (
    (
        re.compile(
            r"(?:^|/)pkg/mod(?:/|$)|(?:^|/)\.?go/mod(?:/|$)|(?:^|/)\.?go(?:path|modcache|-mod|_mod)?/?$|GOMODCACHE|GOPATH",
            re.I,
        ),
        ("go.sum",),
    ),
    (re.compile(r"(?:^|/)node_modules(?:/|$)"), ("package-lock.json", "yarn.lock", "pnpm-lock.yaml")),
    (re.compile(r"(?:^|/)\.npm(?:/|$)"), ("package-lock.json",)),
    (re.compile(r"(?:^|/)\.yarn(?:/|$)"), ("yarn.lock",)),
    (re.compile(r"(?:^|/)\.pnpm-store(?:/|$)"), ("pnpm-lock.yaml",)),
    (re.compile(r"(?:^|/)\.m2(?:/|$)"), ("pom.xml",)),
    (re.compile(r"(?:^|/)\.cache/pip(?:/|$)"), ("requirements.txt", "poetry.lock", "uv.lock")),
)


def lock_files_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The names of the files that decide what the first folder of dependencies holds; none without one."""
    for path in paths:
        for folder, names in _LOCK_FILES:
            if folder.search(path):
                return names
    return ()
