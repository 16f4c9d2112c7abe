"""Which file of the repository stands at a path inside an image."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from analyzers.model.image import Copy, Image, Stage
from analyzers.parsers.wildcard import compile_wildcard

_SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""The PATH of the official images."""
_DEEPEST = 10


def file_at(path: str, image: Image, files: Collection[str]) -> str | None:
    """The file that a COPY or ADD put there last; None where it comes from elsewhere or is not certain.

    A bare name is looked for where the official images look for programs.
    """
    stage = image.final
    if "/" not in path:
        places = [f"{folder}/{path}" for folder in _SEARCHED]
    elif path.startswith("/") or stage.workdir:
        places = [posixpath.normpath(posixpath.join(stage.workdir or "/", path))]
    else:
        return None
    found = {file for place in places if (file := _file_at(place, stage, image, files, 0))}
    return found.pop() if len(found) == 1 else None


def _file_at(place: str, stage: Stage, image: Image, files: Collection[str], depth: int) -> str | None:
    below: Stage | None = stage
    while below is not None and depth < _DEEPEST:
        for copy in reversed(below.copies):
            for source in _sources_at(place, copy):
                if found := _follow(source, copy, image, files, depth):
                    return found
        below = below.parent
    return None


def _follow(source: str, copy: Copy, image: Image, files: Collection[str], depth: int) -> str | None:
    if not copy.from_:
        path = posixpath.normpath(posixpath.join(image.context, source.lstrip("/")))
        return path if path in files else None
    stage = image.stage(copy.from_)
    if stage is None or not source.startswith("/"):
        return None
    return _file_at(posixpath.normpath(source), stage, image, files, depth + 1)


def _sources_at(place: str, copy: Copy) -> Iterator[str]:
    """Under which names among the sources the file at a place may be."""
    target = copy.resolved_target
    if not target or not place.startswith(target.rstrip("/")):
        return
    folder, name = posixpath.split(place)
    for source in copy.sources:
        if "$" in source:
            continue
        if place == target and len(copy.sources) == 1 and "*" not in source:
            yield source
        elif folder == target and _is_named(source, name):
            yield posixpath.join(posixpath.dirname(source), name)
        if place.startswith(f"{target.rstrip('/')}/"):
            yield posixpath.join(source, place[len(target.rstrip("/")) + 1 :])


def _is_named(source: str, name: str) -> bool:
    pattern = posixpath.basename(source)
    wildcard = compile_wildcard(pattern) if "*" in pattern or "?" in pattern else None
    return wildcard.matches(name) if wildcard else pattern == name
