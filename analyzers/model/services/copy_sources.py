"""From a folder inside a build stage back to the folder of the repository that was copied there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.model.image import Copy, Stage

_FILE = re.compile(r"go\.(?:mod|sum|work|work\.sum|\*)|.*\.go|(?:GNU)?[Mm]akefile")
"""What is a file by its name; all else that is copied may be a folder."""


def copied_from_repository(copy: Copy, context: str) -> Iterator[str]:
    """The paths of the repository that a COPY names ('' is the root)."""
    for source in () if copy.from_ else copy.sources:
        place = posixpath.normpath(posixpath.join("/", source)).lstrip("/")
        yield posixpath.join(context, place) if place else context


def to_repository(path: str, stage: Stage, context: str) -> str | None:
    """Where a path of a stage comes from; None where nothing of the repository was copied around it.

    The nearest folder that was copied counts; a file such as go.mod tells where its folder comes from too.
    """
    absolute = posixpath.normpath(path)
    best: tuple[tuple[int, bool], str, str] | None = None
    for target, place in _origins(stage, context):
        is_file = bool(_FILE.fullmatch(posixpath.basename(place)))
        if is_file:
            target = posixpath.dirname(target) if _FILE.fullmatch(posixpath.basename(target)) else target
            place = posixpath.dirname(place)
        rank = (len(target), not is_file)
        if _within(absolute, target) and (best is None or rank > best[0]):
            best = rank, target, place
    if best is None:
        return None
    found = posixpath.normpath(posixpath.join(best[2], posixpath.relpath(absolute, best[1])))
    return "" if found == "." else found


def _origins(stage: Stage, context: str) -> Iterator[tuple[str, str]]:
    """(folder in the image, folder in the repository) for what the context brings, the latest first."""
    current: Stage | None = stage
    while current:
        for copy in reversed(current.copies):
            yield from _of_copy(copy, context)
        for run in current.runs:
            for mount in run.mounts:
                if mount.get("type") == "bind" and "from" not in mount and "target" in mount:
                    source = posixpath.normpath(posixpath.join("/", mount.get("source", ""))).lstrip("/")
                    target = posixpath.normpath(posixpath.join(run.workdir, mount["target"]))
                    yield target, posixpath.join(context, source) if source else context
        current = current.parent


def _of_copy(copy: Copy, context: str) -> Iterator[tuple[str, str]]:
    for source, place in zip(copy.sources, copied_from_repository(copy, context), strict=False):
        target = posixpath.normpath(copy.resolved_target or copy.target)
        if len(copy.sources) > 1 and not source.endswith("/"):
            target = posixpath.join(target, posixpath.basename(place))
        yield target, place


def brought_folders(stage: Stage, context: str) -> Iterator[str]:
    """The folders of the repository that a stage has, or those of files that are copied alone."""
    for _, place in _origins(stage, context):
        yield posixpath.dirname(place) if place.endswith(".go") else place


def lies_within(path: str, folder: str) -> bool:
    """Seen from the root of the repository, which holds everything."""
    return not folder or _within(path, folder)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
