"""A container image as its Dockerfile builds it: stages, and what each instruction means.

Filled by `dockerfile_reader.py`; arguments with defaults are resolved, stages inherit from one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.fact import Fact


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Entry:
    """An ENTRYPOINT or CMD. `words` is the exec form's array, empty for the shell form; `text` as written."""

    at: Location
    text: str
    words: tuple[str, ...]
    shell_form: bool
    commands: tuple[Command, ...] = ()
    """What the shell runs, where the shell form or `sh -c` is used."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
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

    @property
    def root(self) -> Stage:
        """The stage at the start of the chain of FROMs."""
        stage = self
        while stage.parent:
            stage = stage.parent
        return stage


@dataclass(frozen=True)
class Image:
    """A Dockerfile. `context` is the likeliest build context: where its COPY sources lie ('' is the root)."""

    path: str
    stages: tuple[Stage, ...]
    context: str
    text: str = ""

    @property
    def final(self) -> Stage:
        return self.stages[-1]

    def stage(self, name: str) -> Stage | None:
        """The stage that a `--from` names, by its name or number."""
        for stage in self.stages:
            if name and name.lower() in (stage.name, str(stage.index)):
                return stage
        return None
