"""A deployable service: a program, the image that holds it, the jobs that build it, what runs it."""

from __future__ import annotations

import posixpath
from typing import Literal

from analyzers.model.build import Build
from analyzers.model.image import Image, Stage
from analyzers.model.module import Module
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.services.starting import unwrapped
from analyzers.model.workload import Autoscaler, ClusterService, Container, Workload
from analyzers.parsers.light import light_record

Reason = Literal["build", "name", "place", "command"]
"""How two parts are known to belong together: a build says so, they bear one name, one lies beside the
other, or a container starts what the image has."""


@light_record
class Deployed:
    """A container that runs the service's image, with what surrounds it."""

    workload: Workload
    container: Container
    cluster_services: tuple[ClusterService, ...]
    autoscaler: Autoscaler | None = None
    by: Reason | None = None
    """None as long as no service claims it."""


@light_record
class Service:
    """Links that are not sure are left out: an absent part says nothing about the repository.

    An image with several programs makes several services, a program with several images too.
    """

    name: str
    module: Module | None
    program: Program | None
    image: Image | None
    build_stages: tuple[Stage, ...]
    """The stages that run the go command, themselves or through `make`."""
    jobs: tuple[Job, ...]
    """Those that build the program or its image."""
    deployed: tuple[Deployed, ...]
    program_by: Reason | None = None
    """How the program is known to be in the image."""
    builds: tuple[Build, ...] = ()
    """Who builds the image."""
    bases: tuple[Image, ...] = ()
    """Images of this repository that its stages start from."""
    image_names: tuple[str, ...] = ()
    """What its builds call the image."""
    short_names: tuple[str, ...] = ()
    """The last parts of names whose registry or folder is not known."""
    binaries: frozenset[str] = frozenset()
    """Names under which the image has the program, as far as its build tells."""
    is_started: bool = True
    """The image starts the program where a container says nothing itself."""

    @property
    def is_go(self) -> bool:
        """It has a program, or its image is built by the go command."""
        return self.program is not None or bool(self.build_stages)

    @property
    def running(self) -> tuple[Deployed, ...]:
        """The containers that start its program for sure, and no other command of the image."""
        return tuple(item for item in self.deployed if self.starts_in(item.container))

    def starts_in(self, container: Container) -> bool:
        """The container starts this program and nothing else."""
        return container.is_complete and self.seems_started_in(container)

    def seems_started_in(self, container: Container) -> bool:
        """The same as far as it is told: what cannot be seen may change it."""
        command = container.command or (None if self._has_entrypoint else container.args)
        if self.program is None:
            return False
        words = unwrapped(command or ())
        if not words:
            return self.is_started and not command
        return posixpath.basename(words[0]) in self._commands

    @property
    def _has_entrypoint(self) -> bool:
        """What a container gives as arguments is not the command; ko's images have such an entrypoint too."""
        entry = self.image.final.entrypoint if self.image else None
        return self.image is None or bool(entry and (entry.shell_form or unwrapped(entry.words)))

    @property
    def _commands(self) -> frozenset[str]:
        """Names under which the image has its program."""
        final = self.image.final if self.image and self.is_started else None
        entries = (final.entrypoint, final.cmd) if final else ()
        starts = (entry.words[0] for entry in entries if entry and entry.words)
        own = {self.program.name} if self.program else set()
        return self.binaries | own | set(map(posixpath.basename, starts))
