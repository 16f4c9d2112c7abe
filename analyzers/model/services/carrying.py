"""The road of a file through the stages of a Dockerfile: where in the final stage it lies, if it does."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase

from analyzers.model.image import Copy, Image, Stage

_MOST_PLACES = 20
_MOVING = frozenset({"ln", "cp", "mv", "install"})


def places_in_image(image: Image, stage: Stage, path: str) -> frozenset[str]:
    """The paths that a file of a stage has in the final one, its copies and links included."""
    places = {stage.index: _with_others(stage, {path})}
    for later in image.stages[stage.index + 1 :]:
        found = set(places.get(later.parent.index, ())) if later.parent else set()
        for copy in later.copies:
            source = image.stage(copy.from_)
            for each in places.get(source.index, ()) if source else ():
                found.update(_copied(each, copy))
        if found:
            places[later.index] = _with_others(later, found)
    return frozenset(places.get(image.final.index, ()))


def _copied(path: str, copy: Copy) -> Iterator[str]:
    """Where a COPY puts a file. A target without a slash may be a folder that is there already."""
    target = copy.resolved_target or posixpath.normpath(copy.target)
    for source in copy.sources:
        absolute = posixpath.normpath(posixpath.join("/", source))
        if absolute == path or (any(mark in absolute for mark in "*?[") and fnmatchcase(path, absolute)):
            yield posixpath.join(target, posixpath.basename(path))
            if len(copy.sources) == 1 and absolute == path and not copy.target.endswith("/"):
                yield target
        elif path.startswith(absolute.rstrip("/") + "/"):
            yield posixpath.join(target, posixpath.relpath(path, absolute))


def _with_others(stage: Stage, paths: Iterable[str]) -> Collection[str]:
    """The paths with those that `ln`, `cp` and `mv` add to them."""
    known = list(paths)
    for source, target in _moved(stage):
        if source in known and len(known) < _MOST_PLACES:
            known.append(target)
            known.append(posixpath.join(target, posixpath.basename(source)))
    return known[:_MOST_PLACES]


def _moved(stage: Stage) -> Iterator[tuple[str, str]]:
    for run in stage.runs:
        for command in run.commands:
            if command.name in _MOVING:
                words = [word for word in command.words[1:] if not word.startswith("-")]
                if len(words) == 2:
                    source, target = (posixpath.normpath(posixpath.join(run.workdir, word)) for word in words)
                    yield source, target
