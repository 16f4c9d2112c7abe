"""Which main package a Dockerfile builds: from its `go build` targets, its COPY paths, its place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzers.model.command import Command
from analyzers.model.image import Image, Stage
from analyzers.model.program import Program

# Flags of `go build` and `go install` that take their value as the next word (`go help build`).
_VALUED_FLAG = re.compile(
    "-(?:o|p|asmflags|buildmode|buildvcs|compiler|covermode|coverpkg|gccgoflags|gcflags|installsuffix|ldflags"
    "|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|C)"
)


def build_stages(image: Image) -> tuple[Stage, ...]:
    """The stages that run `go build` or `go install`."""
    return tuple(
        stage
        for stage in image.stages
        if any(builds_go(command) for run in stage.runs for command in run.commands)
    )


def builds_go(command: Command) -> bool:
    return command.name == "go" and command.words[1:2] in (("build",), ("install",))


def program_of(image: Image, programs: Sequence[Program]) -> Program | None:
    """The one main package that ends up in the image; None for none, or where several may be meant."""
    targets = [target for stage in build_stages(image) for target in _targets(stage, image.context)]
    if targets:
        return _only(_started(_at_targets(targets, programs), image))
    for candidates in (_by_entry(image, programs), _by_binary(image, programs), _by_place(image, programs)):
        unique = {program.directory: program for program in candidates}
        if unique:
            return _only(unique.values())
    return None


def _only(candidates: Iterable[Program]) -> Program | None:
    unique = {program.directory: program for program in candidates}
    return next(iter(unique.values())) if len(unique) == 1 else None


def _at_targets(targets: Iterable[Target], programs: Sequence[Program]) -> Iterator[tuple[Program, str]]:
    """The programs that are built, each with the name of its binary."""
    directories = {program.directory: program for program in programs}
    for target in targets:
        if target.directory in directories:
            yield directories[target.directory], target.binary
        elif target.directory.endswith("..."):
            prefix = target.directory[: -len("...")]
            inside = (program for program in programs if f"{program.directory}/".startswith(prefix))
            yield from ((program, program.name) for program in inside)


def _started(built: Iterable[tuple[Program, str]], image: Image) -> Sequence[Program]:
    """Those whose binary the image starts; all of them where that is not told."""
    found, started = list(built), _started_names(image)
    return [program for program, binary in found if binary in started] or [program for program, _ in found]


def _started_names(image: Image) -> frozenset[str]:
    """What ENTRYPOINT, or else CMD, runs."""
    entry = image.final.entrypoint or image.final.cmd
    words = (entry.words or (entry.commands[0].words if entry.commands else ())) if entry else ()
    return frozenset({posixpath.basename(words[0])}) if words else frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """A folder of the repository that a build command names, and the binary it makes of it."""

    directory: str
    binary: str


def _targets(stage: Stage, context: str) -> Iterator[Target]:
    """What a stage's build commands name, followed back through the COPY that brought the source in."""
    origins = list(_origins(stage, context))
    for run in stage.runs:
        workdir = run.workdir
        for command in run.commands:
            if command.name == "cd" and len(command.words) == 2:
                workdir = posixpath.normpath(posixpath.join(workdir, command.words[1]))
            elif builds_go(command):
                output = posixpath.basename(_flag(command, "-o"))
                folder = posixpath.join(workdir, _flag(command, "-C"))
                for word in packages(command.words[2:]) or (".",):
                    for directory in _to_repository(posixpath.join(folder, word), origins):
                        yield Target(directory, output or posixpath.basename(directory))


def packages(words: Sequence[str]) -> tuple[str, ...]:
    """The package arguments of a `go build` or `go install`, its flags taken off."""
    found, rest = [], iter(words)
    for word in rest:
        if _VALUED_FLAG.fullmatch(word):
            next(rest, None)
        elif not word.startswith("-"):
            found.append(word)
    return tuple(found)


def _flag(command: Command, name: str) -> str:
    """The value of a flag that takes one, empty where it is not given."""
    for flag, value in zip(command.words, command.words[1:], strict=False):
        if flag == name:
            return value
        if flag.startswith(f"{name}="):
            return flag.partition("=")[2]
    return ""


def _origins(stage: Stage, context: str) -> Iterator[tuple[str, str]]:
    """(folder in the image, folder in the repository) for every COPY from the context, the latest first."""
    for copy in reversed(stage.copies):
        if copy.from_:
            continue
        for source in copy.sources:
            place = posixpath.normpath(posixpath.join("/", source)).lstrip("/")
            target = posixpath.normpath(copy.resolved_target or copy.target)
            if len(copy.sources) > 1 and not source.endswith("/"):
                target = posixpath.join(target, posixpath.basename(place))
            yield target, posixpath.join(context, place) if place else context
    if stage.parent:
        yield from _origins(stage.parent, context)


def _to_repository(path: str, origins: Iterable[tuple[str, str]]) -> Iterator[str]:
    absolute = posixpath.normpath(path)
    if absolute.endswith((".go", "/*")):
        absolute = posixpath.dirname(absolute)
    best = max(
        (origin for origin in origins if _within(absolute, origin[0])), key=lambda o: len(o[0]), default=None
    )
    if best:
        inside = posixpath.relpath(absolute, best[0])
        yield "" if (found := posixpath.normpath(posixpath.join(best[1], inside))) == "." else found


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _by_entry(image: Image, programs: Sequence[Program]) -> Iterator[Program]:
    """Programs that bear the name of what the image starts."""
    started = _started_names(image)
    yield from (program for program in programs if program.name in started)


def _by_binary(image: Image, programs: Sequence[Program]) -> Iterator[Program]:
    """Programs whose name a binary copied into the final stage bears."""
    names = {posixpath.basename(source) for copy in image.final.copies for source in copy.sources}
    yield from (program for program in programs if program.name in names)


def _by_place(image: Image, programs: Sequence[Program]) -> Iterator[Program]:
    """Programs beside the Dockerfile, or else the only ones below its build context."""
    if not build_stages(image) and not _mentions_go(image):
        return
    folder = posixpath.dirname(image.path)
    beside = [program for program in programs if program.directory == folder]
    yield from beside or (
        program for program in programs if not image.context or _within(program.directory, image.context)
    )


def _mentions_go(image: Image) -> bool:
    return any(is_golang(stage) for stage in image.stages)


def is_golang(stage: Stage) -> bool:
    """The stage starts from an official Go image (or a mirror of it)."""
    base = stage.root.base
    return bool(base and base.value and base.value.short_name == "golang")
