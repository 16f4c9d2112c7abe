"""A deployable service: a program, the image that holds it, the jobs that build it, what runs it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from analyzers.model.image import Image, Stage
from analyzers.model.module import Module
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.workload import Autoscaler, ClusterService, Container, Workload


@dataclass(frozen=True)
class Deployed:
    """A container that runs the service's image, with what surrounds it."""

    workload: Workload
    container: Container
    cluster_services: tuple[ClusterService, ...]
    autoscaler: Autoscaler | None = None


@dataclass(frozen=True)
class Service:
    """Links that are not sure are left out: an absent part says nothing about the repository."""

    name: str
    module: Module | None
    program: Program | None
    image: Image | None
    build_stages: tuple[Stage, ...]
    """The stages that run the go command."""
    jobs: tuple[Job, ...]
    deployed: tuple[Deployed, ...]

    @property
    def running(self) -> tuple[Deployed, ...]:
        """The containers that start its program for sure, and no other command of the image."""
        return tuple(item for item in self.deployed if self._starts_program(item.container))

    def _starts_program(self, container: Container) -> bool:
        entrypoint = self.image.final.entrypoint if self.image else None
        command = container.command or (None if entrypoint else container.args)
        if not container.is_complete or self.program is None:
            return False
        return not command or posixpath.basename(command[0]) in self._commands

    @property
    def _commands(self) -> frozenset[str]:
        """Names under which the image has its program."""
        final = self.image.final if self.image else None
        entries = (final.entrypoint, final.cmd) if final else ()
        starts = (entry.words[0] for entry in entries if entry and entry.words)
        own = {self.program.name} if self.program else set()
        return frozenset(own | set(map(posixpath.basename, starts)))
