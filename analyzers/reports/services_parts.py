"""What is told of the service model, in plain values: services, their parts, and what belongs to none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from analyzers.parsers.light import light_value


@light_value
class Place:
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@light_value
class ListenOutline:
    """`port` is None where it is not known; `variable` and `flag` decide it where they are given."""

    protocol: str
    port: int | None
    variable: str
    flag: str
    at: Place

    @property
    def source(self) -> str:
        """What decides the port when the program starts."""
        return self.variable or (f"-{self.flag}" if self.flag else "")


@light_value
class ProgramOutline:
    directory: str
    module: str
    go: str
    listens: tuple[ListenOutline, ...]
    listens_are_known: bool
    may_listen_elsewhere: bool
    """A library that it uses may listen out of sight."""


@light_value
class BuildOutline:
    by: str
    at: Place


@light_value
class ImageOutline:
    """`builders` are what its build stages start from, `base` what its last one does.

    `bases` are the Dockerfiles of this repository that make any of these.
    """

    dockerfile: str
    context: str
    program_by: str
    is_started: bool
    builders: tuple[str, ...]
    base: str
    bases: tuple[str, ...]
    names: tuple[str, ...]
    builds: tuple[BuildOutline, ...]


@light_value
class JobOutline:
    name: str
    at: Place


@light_value
class ClusterServiceOutline:
    name: str
    overlay: str
    ports: tuple[str, ...]
    routes: tuple[str, ...]
    """The ways in from outside the cluster."""
    at: Place


@light_value
class WorkloadOutline:
    kind: str
    name: str
    namespace: str
    at: Place
    overlay: str
    container: str
    image: str
    by: str
    starts_program: bool
    replicas: int | None
    ports: tuple[int, ...]
    probes: tuple[str, ...]
    proxies: tuple[str, ...]
    """Well-known ones beside the container, written or injected."""
    services: tuple[ClusterServiceOutline, ...]


@light_value
class ServiceOutline:
    """One program with every image of it, or one image whose program is not known."""

    name: str
    program: ProgramOutline | None
    images: tuple[ImageOutline, ...]
    jobs: tuple[JobOutline, ...]
    workloads: tuple[WorkloadOutline, ...]


@light_value
class UnlinkedOutline:
    kind: str
    name: str
    reason: str
    candidates: tuple[str, ...]
    at: Place


@light_value
class Outline:
    services: tuple[ServiceOutline, ...]
    unlinked: tuple[UnlinkedOutline, ...]

    def inside(self, places: Collection[str]) -> Outline:
        """What has a part in one of the files or folders; all of it where none is named."""
        if not places or "." in places:
            return self
        return Outline(
            tuple(each for each in self.services if any(lies_in(path, places) for path in _paths(each))),
            tuple(each for each in self.unlinked if lies_in(each.at.path, places)),
        )


def lies_in(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)


def _paths(service: ServiceOutline) -> Iterator[str]:
    if service.program:
        yield f"{service.program.directory}/"
    yield from (image.dockerfile for image in service.images)
    yield from (workload.at.path for workload in service.workloads)
