"""Which main packages a Dockerfile builds, and which one it starts.

Told by its `go build` targets, by binaries built elsewhere that it copies in, by names, by its place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice

from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.command import Command
from analyzers.model.image import Copy, Image, Run, Stage
from analyzers.model.program import Program
from analyzers.model.service import Reason
from analyzers.model.services.carrying import places_in_image
from analyzers.model.services.copy_sources import (
    brought_folders,
    copied_from_repository,
    lies_within,
    to_repository,
)
from analyzers.model.services.go_targets import GO_BIN, GoTarget, builds_go, go_targets
from analyzers.model.services.naming import names_of_dockerfile
from analyzers.model.services.prebuilt import Prebuilt
from analyzers.model.services.program_index import ProgramIndex
from analyzers.model.services.shell_runs import shell_commands
from analyzers.model.services.starting import started_words
from analyzers.parsers.light import light_record, light_value

MOST_TARGETS = 200
"""Of one Dockerfile."""
_PLATFORM = re.compile(r"(?:[-_](?:linux|static|amd64|arm64|x86_64))+$")


@light_value
class Binary:
    """A program inside an image. `places` are the paths it has there, as far as they are known."""

    program: Program
    by: Reason
    places: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(map(posixpath.basename, self.places)) or frozenset({self.program.name})


@light_value
class Contents:
    """The programs of an image, and the one a container runs that says nothing itself."""

    binaries: tuple[Binary, ...] = ()
    started: Binary | None = None
    candidates: tuple[Binary, ...] = ()
    """Those that may be meant, where names or places speak of several."""


@light_record
class Builder:
    """Looks into images. `released` has the binaries that a release tool hands to a Dockerfile."""

    index: ProgramIndex
    prebuilt: Prebuilt
    released: Mapping[str, Sequence[Binary]] = field(default_factory=dict)

    def look_into(self, image: Image) -> Contents:
        every = (target for stage in build_stages(image) for target in build_targets(stage, image.context))
        targets = list(islice(every, MOST_TARGETS))
        if targets:
            return _contents(_in_the_end(self._built(targets, image)), image)
        for look in (self._released, self._made, self._prebuilt):
            if candidates := list(look(image)):
                return _contents(candidates, image)
        for guess in (self._by_entry, self._by_binary, self._by_place):
            if candidates := list(guess(image)):
                return _guessed(candidates)
        return Contents()

    def _built(self, targets: Iterable[BuildTarget], image: Image) -> Iterator[Binary]:
        for target in targets:
            for program in programs_at(self.index, target.directory):
                output = target.go.output or posixpath.join(target.go.into, program.name)
                yield Binary(program, "build", places_in_image(image, target.stage, output))

    def _released(self, image: Image) -> Iterator[Binary]:
        """What a release tool puts into the build context, as far as the Dockerfile copies it."""
        given = self.released.get(image.path, ())
        copied = [
            Binary(binary.program, binary.by, _places(copy, source))
            for copy in image.final.copies
            for source in copy.sources
            for binary in given
            if any(_is_called(posixpath.basename(source), name) for name in binary.places)
        ]
        yield from copied or (Binary(binary.program, binary.by) for binary in given)

    def build_stages(self, image: Image) -> tuple[Stage, ...]:
        """The stages that run the go command, themselves or through `make`."""
        made = {stage.index: stage for stage, _ in self._made_in(image)}
        return build_stages(image) or tuple(made.values())

    def _made(self, image: Image) -> Iterator[Binary]:
        """What `make` builds inside the image, as far as it is carried into the last stage."""
        return (binary for _, binary in self._made_in(image))

    def _made_in(self, image: Image) -> Iterator[tuple[Stage, Binary]]:
        for stage in image.stages:
            for make in make_calls(stage, image.context):
                for path, program in self.prebuilt.below(make.directory):
                    if places := places_in_image(image, stage, posixpath.join(make.workdir, path)):
                        yield stage, Binary(program, "build", places)

    def _prebuilt(self, image: Image) -> Iterator[Binary]:
        """Binaries that are copied from the build context."""
        for copy in image.final.copies:
            for place in copied_from_repository(copy, image.context):
                if program := self.prebuilt.at(place):
                    yield Binary(program, "build", _places(copy, place))

    def _by_entry(self, image: Image) -> Iterator[Binary]:
        """Programs that bear the name of what the image starts."""
        for word in started_words(image.final)[:1]:
            for program in self.prebuilt.named(plain_name(posixpath.basename(word))):
                yield Binary(program, "name", frozenset({word}))

    def _by_binary(self, image: Image) -> Iterator[Binary]:
        """Programs whose name a binary copied into the last stage bears, or ends in."""
        own = names_of_dockerfile(image)
        for copy in image.final.copies:
            if any(lies_within(image.path, place) for place in copied_from_repository(copy, image.context)):
                continue  # a folder
            for name in (plain_name(posixpath.basename(source)) for source in copy.sources):
                last = re.split("[-_]", name)[-1]
                found = self.prebuilt.named(name) or (self.prebuilt.named(last) if last in own else ())
                yield from (Binary(program, "name") for program in found)

    def _by_place(self, image: Image) -> Iterator[Binary]:
        """Programs beside the Dockerfile, or else the only ones below its build context."""
        if build_stages(image) or not any(map(is_golang, image.stages)):
            return
        beside = self.index.at(posixpath.dirname(image.path))
        brought = [place for stage in image.stages for place in brought_folders(stage, image.context)]
        for program in (beside,) if beside else self.index.below(image.context):
            if any(lies_within(program.directory, place) for place in brought):
                yield Binary(program, "place")


def programs_at(index: ProgramIndex, directory: str) -> Sequence[Program]:
    """The programs that a folder stands for which a build names; it may end in `...`."""
    if directory.endswith("..."):
        return index.below(directory[: -len("...")].rstrip("/"))
    found = index.at(directory)
    return (found,) if found else ()


def program_of(image: Image, programs: Sequence[Program]) -> Program | None:
    """The one main package that an image runs; None for none, or where several may be meant."""
    index = ProgramIndex(programs)
    started = Builder(index, Prebuilt(index, (), ())).look_into(image).started
    return started.program if started else None


def build_stages(image: Image) -> tuple[Stage, ...]:
    """The stages that run `go build` or `go install`."""
    return tuple(
        stage
        for stage in image.stages
        if any(builds_go(command) for run in stage.runs for command in run.commands)
    )


def leaves_open(stage: Stage) -> bool:
    """Which folder it builds is told by an argument or a variable that has no value here."""
    return any(
        not workdir or any("$" in target.directory for target in go_targets(command, workdir))
        for run in stage.runs
        for command, workdir in shell_commands(run)
        if builds_go(command)
    )


def is_golang(stage: Stage) -> bool:
    """The stage starts from an official Go image (or a mirror of it)."""
    base = stage.root.base
    return bool(base and base.value and base.value.short_name == "golang")


def plain_name(binary: str) -> str:
    """A binary's name without the platform it is built for, which often ends it."""
    return _PLATFORM.sub("", binary.partition("$")[0].rstrip("-_."))


def _places(copy: Copy, source: str) -> frozenset[str]:
    """Where a COPY may put a file: a target without a slash is a folder, or the file's new name."""
    into = posixpath.join(copy.target, posixpath.basename(source))
    places = (into,) if copy.target.endswith("/") else (copy.target, into)
    return frozenset(map(posixpath.normpath, places))


def _is_called(file: str, name: str) -> bool:
    """A file that is copied has the name of a build's output, of which a template may decide the platform."""
    if UNKNOWN not in name:
        return file == name
    plain = plain_name(name.replace(UNKNOWN, "$"))
    return bool(plain) and plain_name(file) == plain


@light_value
class BuildTarget:
    """A folder of the repository that a stage builds (it may end in `...`), and the command as written."""

    directory: str
    go: GoTarget
    stage: Stage
    run: Run
    command: Command


def build_targets(stage: Stage, context: str) -> Iterator[BuildTarget]:
    """What a stage's build commands name, followed back through the COPY that brought the source in."""
    for run in stage.runs:
        for written, (command, workdir) in zip(run.commands, shell_commands(run), strict=True):
            if builds_go(command):
                for target in go_targets(command, workdir, _bin_folder(run, command)):
                    directory = to_repository(target.directory, stage, context)
                    if directory is not None:
                        yield BuildTarget(directory, target, stage, run, written)


def _bin_folder(run: Run, command: Command) -> str:
    """Where `go install` puts binaries: `go help install`."""
    told = command.assignments.get("GOBIN") or _value(run, "GOBIN")
    path = _value(run, "GOPATH")
    return told if told and "$" not in told else posixpath.join(path, "bin") if path else GO_BIN


def _value(run: Run, name: str) -> str:
    fact = run.env.get(name)
    return (fact.value if fact else None) or ""


@light_value
class MakeCall:
    """Where a stage runs `make`: `directory` of the repository, `workdir` inside the stage."""

    directory: str
    workdir: str
    command: Command


def make_calls(stage: Stage, context: str) -> Iterator[MakeCall]:
    for run in stage.runs:
        for written, (command, workdir) in zip(run.commands, shell_commands(run), strict=True):
            if command.name == "make":
                inside = posixpath.normpath(posixpath.join(workdir, command.flag("-C")))
                makefile = to_repository(posixpath.join(inside, "Makefile"), stage, context)
                if makefile is not None:
                    yield MakeCall(posixpath.dirname(makefile), inside, written)


def _in_the_end(binaries: Iterable[Binary]) -> list[Binary]:
    """Those that lie in the final stage; all of them where no road can be followed."""
    found = list(binaries)
    return [binary for binary in found if binary.places] or found


def _contents(binaries: Iterable[Binary], image: Image) -> Contents:
    unique: dict[str, Binary] = {}
    for binary in binaries:
        known = unique.get(binary.program.directory)
        places = binary.places | known.places if known else binary.places
        unique[binary.program.directory] = Binary(binary.program, binary.by, places)
    found = tuple(unique.values())
    started = [binary for binary in found if _starts(image, binary)] if len(found) > 1 else found
    return Contents(found, started[0] if len(started) == 1 else None)


def _guessed(binaries: Iterable[Binary]) -> Contents:
    """Names and places tell of one program, or of none for sure."""
    found = tuple({binary.program.directory: binary for binary in binaries}.values())
    return Contents(found, found[0]) if len(found) == 1 else Contents(candidates=found)


def _starts(image: Image, binary: Binary) -> bool:
    words = started_words(image.final)
    if not words:
        return False
    return words[0] in binary.places or posixpath.basename(words[0]) in binary.names
