"""What a stage hands on to a stage built on top of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analyzers.model.fact import Fact
from analyzers.model.image import Entry, ImageRef
from analyzers.model.images.base_image import environment_of, workdir_of
from analyzers.model.images.build_scope import BuildScope


@dataclass(slots=True)
class StageState:
    """The configuration of an image in the making. It changes with every instruction."""

    scope: BuildScope
    workdir: str
    """Empty where it is not known."""
    user: Fact[str] | None = None
    entrypoint: Entry | None = None
    cmd: Entry | None = None
    healthcheck: Entry | None = None
    stopsignal: Fact[str] | None = None
    shell: tuple[str, ...] = ("/bin/sh", "-c")
    exposes: list[Fact[int]] = field(default_factory=list)
    labels: dict[str, Fact[str]] = field(default_factory=dict)
    volumes: list[Fact[str]] = field(default_factory=list)

    def on_top(self) -> StageState:
        """Where the next stage begins."""
        return replace(
            self,
            scope=self.scope.copy(),
            exposes=list(self.exposes),
            labels=dict(self.labels),
            volumes=list(self.volumes),
        )


def state_on_image(base: ImageRef | None, globals_: BuildScope) -> StageState:
    """Where a stage on an image from elsewhere begins; None is an image that is not known."""
    return StageState(globals_.for_stage(environment_of(base), is_closed=False), workdir_of(base))


def state_from_scratch(globals_: BuildScope) -> StageState:
    """Where a stage on nothing begins."""
    return StageState(globals_.for_stage({}, is_closed=True), "/")
