"""A whole repository as rules see it: everything read once, and the lines between the parts drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from analyzers.finding import Location, Note
from analyzers.model.image import Image, Stage
from analyzers.model.manifests import Manifests
from analyzers.model.module import Module
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.program import Program
from analyzers.model.reading import (
    read_composes,
    read_images,
    read_manifest_files,
    read_modules,
    read_pipelines,
    read_program_files,
)
from analyzers.model.service import Deployed, Service
from analyzers.model.services.built_names import built_names
from analyzers.model.services.linking import link
from analyzers.model.services.surrounding import surround
from analyzers.model.workload import ClusterService, Workload
from analyzers.sources import Sources


@dataclass(frozen=True)
class Repository:
    """All of it. The parts are here whether or not one of the deployable `services` claims them."""

    sources: Sources = field(repr=False)
    modules: tuple[Module, ...]
    programs: tuple[Program, ...]
    images: tuple[Image, ...]
    pipelines: tuple[Pipeline, ...]
    manifests: tuple[Manifests, ...]
    services: tuple[Service, ...]
    deployed: tuple[Deployed, ...] = ()
    """Every container of every workload, whosever image it runs."""

    @classmethod
    def read(cls, sources: Sources, advisories: AdvisoryDatabase | None = None) -> Repository:
        """Read everything that can be read; what cannot is a note of `sources`."""
        modules = read_modules(sources, advisories)
        programs = read_program_files(sources, modules)
        images = read_images(sources)
        pipelines = read_pipelines(sources)
        manifests = read_manifest_files(sources)
        jobs = [job for pipeline in pipelines for job in pipeline.jobs]
        names = built_names(jobs, read_composes(sources), {image.path for image in images})
        deployed = surround(
            [workload for each in manifests for workload in each.workloads],
            [service for each in manifests for service in each.services],
            [autoscaler for each in manifests for autoscaler in each.autoscalers],
        )
        services = link(programs, images, pipelines, modules, deployed, names)
        return cls(sources, modules, programs, images, pipelines, manifests, services, deployed)

    def subjects(self, kind: type) -> Iterator[object]:
        """Everything of a kind that rules judge. Raises KeyError for a type no rule may ask for."""
        return iter(_PARTS[kind](self))

    @property
    def cluster_services(self) -> tuple[ClusterService, ...]:
        return tuple(service for each in self.manifests for service in each.services)

    @property
    def paths(self) -> tuple[str, ...]:
        return self.sources.paths

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.sources.notes

    @property
    def analysed(self) -> int:
        return self.sources.analysed

    def text(self, path: str) -> str | None:
        return self.sources.text(path)

    def texts_with(self, words: bytes) -> Iterator[tuple[str, str]]:
        """The files that hold some words, with their texts."""
        for path in self.paths:
            if words in (self.sources.content(path) or b"") and (text := self.text(path)):
                yield path, text

    def text_at(self, at: Location) -> str:
        """What stands at a place."""
        lines = (self.text(at.path) or "").split("\n")[at.span.line - 1 : at.span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: at.span.end_column - 1]
        lines[0] = lines[0][at.span.column - 1 :]
        return "\n".join(lines)


_PARTS: dict[type, Callable[[Repository], Iterable[object]]] = {
    Repository: lambda repository: (repository,),
    Module: lambda repository: repository.modules,
    Program: lambda repository: repository.programs,
    Image: lambda repository: repository.images,
    Stage: lambda repository: [stage for image in repository.images for stage in image.stages],
    Pipeline: lambda repository: repository.pipelines,
    Job: lambda repository: [job for pipeline in repository.pipelines for job in pipeline.jobs],
    Workload: lambda repository: [workload for each in repository.manifests for workload in each.workloads],
    Deployed: lambda repository: repository.deployed,
    Service: lambda repository: repository.services,
}
