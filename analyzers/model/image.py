"""A container image as its Dockerfile builds it: stages, and what each instruction means.

Filled by `dockerfile_reader.py`; arguments with defaults are resolved, stages inherit from one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.parsers.dockerignore import Ignores
from analyzers.parsers.light import light_record, light_value


@light_value
class ImageRef:
    """A reference to an image, as `[registry/]repository[:tag][@digest]`.

    `repository` is the familiar name with Docker Hub's prefixes taken off
    (`docker.io/library/golang` is `golang`). `tag` is empty where none is written.
    """

    text: str
    repository: str
    tag: str = ""
    digest: str = ""

    @property
    def short_name(self) -> str:
        return self.repository.rsplit("/", 1)[-1]


@light_value
class Entry:
    """An ENTRYPOINT or CMD. `words` is the exec form's array, empty for the shell form; `text` as written."""

    at: Location
    text: str
    words: tuple[str, ...]
    shell_form: bool
    commands: tuple[Command, ...] = ()
    """What the shell runs, where the shell form or `sh -c` is used."""


@light_value
class Run:
    """A RUN instruction, its shell read."""

    at: Location
    commands: tuple[Command, ...]
    mounts: tuple[Mapping[str, str], ...] = ()
    """Each `--mount` as its options: `{"type": "cache", "target": "/go/pkg/mod"}`."""
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    """ARG and ENV values that are set when it runs."""
    index: int = 0
    """Position among the stage's instructions, for what comes before what."""
    workdir: str = "/"
    """The folder it runs in."""
    shell: str = "/bin/sh"
    """The program that reads its text; empty for the exec form."""


@light_value
class Copy:
    """A COPY or ADD. `sources` relative to the build context or to `from_`; `from_` is a stage name or image.

    What depends on something unknown is kept as written.
    """

    at: Location
    sources: tuple[str, ...]
    target: str
    from_: str = ""
    index: int = 0
    resolved_target: str = ""
    """`target` made absolute with the WORKDIR in force, without a slash at its end; empty where unknown."""
    is_add: bool = False
    is_inline: bool = False
    """A heredoc brings content; it is not among the sources."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Its flags but `--from`, such as `chown` and `checksum`."""


@light_record
class Stage:
    """One FROM and what follows it."""

    at: Location
    """The FROM instruction."""
    path: str
    index: int
    name: str
    base: Fact[ImageRef] | None
    """The image it starts from; None for `scratch` and for an earlier stage."""
    base_at: Location
    """The image's text inside the FROM line."""
    parent: Stage | None
    """The earlier stage it starts from."""
    is_final: bool
    """An image that ships ends here."""
    is_scratch: bool
    runs: tuple[Run, ...] = ()
    copies: tuple[Copy, ...] = ()
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    """ENV in force at the end, the parent's included."""
    args: Mapping[str, Fact[str]] = field(default_factory=dict)
    user: Fact[str] | None = None
    workdir: str = "/"
    """Empty where it cannot be known: the base image may set it."""
    entrypoint: Entry | None = None
    cmd: Entry | None = None
    exposes: tuple[Fact[int], ...] = ()
    """TCP ports; a range is taken apart."""
    shell: tuple[str, ...] = ("/bin/sh", "-c")
    stopsignal: Fact[str] | None = None
    labels: Mapping[str, Fact[str]] = field(default_factory=dict)
    healthcheck: Entry | None = None
    volumes: tuple[Fact[str], ...] = ()
    platform: Fact[str] | None = None
    """The `--platform` of its FROM as written, such as `$BUILDPLATFORM`."""

    @property
    def root(self) -> Stage:
        """The stage at the start of the chain of FROMs."""
        stage = self
        while stage.parent:
            stage = stage.parent
        return stage


@light_record
class Image:
    """What a Dockerfile is built to: one of these for each stage that ships.

    `context` is the folder its builds name, or else where its COPY sources lie ('' is the root).
    """

    path: str
    stages: tuple[Stage, ...]
    """Every stage of the Dockerfile, whether or not this image needs it."""
    context: str
    text: str = ""
    target: str = ""
    """The stage that the builds name; empty for the last one."""
    builds: tuple[Build, ...] = ()
    """The builds that are known to make it."""
    ignore_path: str = ""
    """The `.dockerignore` in force, empty where there is none."""
    ignored: Ignores | None = None
    """What it says; None where there is none, or it cannot be read."""

    @property
    def final(self) -> Stage:
        return (self.stage(self.target) if self.target else None) or self.stages[-1]

    @cached_property
    def used_stages(self) -> tuple[Stage, ...]:
        """The stages that it is made of, in the order of the file: what BuildKit runs for it."""
        return used_by(self.final, self.stages)

    def ignores(self, path: str) -> bool | None:
        """Whether a path, relative to the context, is kept from the builder; None where that is not known."""
        if self.ignored is None:
            return None if self.ignore_path else False
        return self.ignored.excludes(path)

    def stage(self, name: str) -> Stage | None:
        """The stage that a `--from` or `--target` names, by its name or number."""
        return stage_named(name, self.stages)


def stage_named(name: str, stages: Sequence[Stage]) -> Stage | None:
    """The stage of that name, the last one where several bear it, or of that number."""
    lowered = name.lower()
    named = [stage for stage in stages if lowered and stage.name == lowered]
    if named:
        return named[-1]
    is_number = name.isascii() and name.isdigit() and len(name) < 5
    return stages[int(name)] if is_number and int(name) < len(stages) else None


def used_by(final: Stage, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """A stage, and the stages it starts from, copies from or mounts, and theirs.

    Where one of these cannot be known it may be any that stands before.
    """
    found: dict[int, Stage] = {}
    waiting = [final]
    while waiting:
        stage = waiting.pop()
        if stage.index not in found:
            found[stage.index] = stage
            earlier = stages[: stage.index]
            sources = {*(copy.from_ for copy in stage.copies)}
            sources.update(mount.get("from", "") for run in stage.runs for mount in run.mounts)
            named = (stage_named(name, earlier) for name in sources)
            waiting += [each for each in (stage.parent, *named) if each]
            if (stage.base and stage.base.value is None) or any("$" in name for name in sources):
                waiting += earlier
    return tuple(found[index] for index in sorted(found))
