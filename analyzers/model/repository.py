"""A whole repository as rules see it: everything read once, and the lines between the parts drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from analyzers.finding import Location, Note
from analyzers.model.build import Build
from analyzers.model.charts import Chart
from analyzers.model.cluster import TrafficRoute
from analyzers.model.compose import Compose
from analyzers.model.image import Image, Stage
from analyzers.model.java.application import JavaApplication
from analyzers.model.manifests import Manifests
from analyzers.model.module import Module, StandardLibrary
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.go_settings import GoSetting, find_go_settings
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.program import Program
from analyzers.model.reading import (
    Charts,
    read_argument_images,
    read_builds,
    read_compose_files,
    read_images,
    read_java_applications,
    read_makefile_commands,
    read_makefiles,
    read_manifest_files,
    read_modules,
    read_pipelines,
    read_program_files,
    read_releases,
    read_scripts,
    read_standard_libraries,
    release_builds,
)
from analyzers.model.script import Script
from analyzers.model.service import Deployed, Service
from analyzers.model.services.linking import Parts, link
from analyzers.model.services.surrounding import surround
from analyzers.model.services.ways_in import WayIn, find_ways_in
from analyzers.model.workload import ClusterService, Workload
from analyzers.parsers.light import light_record
from analyzers.sources import Sources


@light_record
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
    builds: tuple[Build, ...] = ()
    """Every build of an image that a file asks for."""
    java_applications: tuple[JavaApplication, ...] = ()
    charts: tuple[Chart, ...] = ()
    assumed_paths: frozenset[str] = frozenset()
    """Files of Helm values, and templates in which they were looked up: others may be set at installation."""
    standard_libraries: tuple[StandardLibrary, ...] = ()
    """What each build of a module has for Go's own packages."""

    @classmethod
    def read(cls, sources: Sources, advisories: AdvisoryDatabase | None = None) -> Repository:
        """Read everything that can be read; what cannot is a note of `sources`."""
        modules = sources.share(read_modules, advisories)
        programs = sources.share(read_program_files, modules)
        pipelines = sources.share(read_pipelines)
        charts, manifests = sources.share(_read_manifests)
        releases = sources.share(read_releases)
        builds = (*sources.share(read_builds, pipelines, modules), *release_builds(releases))
        images = read_images(sources, builds)
        deployed = sources.share_value(_surround, manifests)
        jobs = [job for pipeline in pipelines for job in pipeline.jobs]
        argument_images = read_argument_images(sources, images)
        makefiles = read_makefiles(sources)
        services = link(
            Parts(
                programs,
                images,
                jobs,
                deployed,
                sources.text_at,
                argument_images,
                read_makefile_commands(makefiles),
                releases,
                makefiles,
                sources.tree,
            )
        )
        return cls(
            sources,
            modules,
            programs,
            images,
            pipelines,
            manifests,
            services,
            deployed,
            builds,
            sources.share(read_java_applications),
            charts.all,
            charts.assumed_paths,
            read_standard_libraries(sources, services, modules, jobs, advisories),
        )

    def subjects(self, kind: type) -> Iterator[object]:
        """Everything of a kind that rules judge. Raises KeyError for a type no rule may ask for."""
        return iter(_PARTS[kind](self))

    @cached_property
    def scripts(self) -> Mapping[str, Script]:
        """The shell scripts by path, each read when it is asked for."""
        return read_scripts(self.sources)

    @cached_property
    def composes(self) -> tuple[Compose, ...]:
        """The Docker Compose files, read when they are asked for."""
        return read_compose_files(self.sources)

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """Those of all pipelines."""
        return tuple(job for pipeline in self.pipelines for job in pipeline.jobs)

    @cached_property
    def go_settings(self) -> tuple[GoSetting, ...]:
        """Where its images and jobs set the go command's variables for good."""
        return find_go_settings(self.images, self.jobs)

    @property
    def cluster_services(self) -> tuple[ClusterService, ...]:
        return tuple(service for each in self.manifests for service in each.services)

    @cached_property
    def ways_in(self) -> tuple[WayIn, ...]:
        """Every Ingress and route that sends to a Service of the repository."""
        routes = (route for each in self.manifests for route in each.routes)
        gateways = (gateway for each in self.manifests for gateway in each.gateways)
        return tuple(find_ways_in(routes, gateways, self.cluster_services))

    @property
    def routes(self) -> tuple[TrafficRoute, ...]:
        """The ways into the cluster."""
        return tuple(route for each in self.manifests for route in each.routes)

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
        return self.sources.text_at(at)


def _read_manifests(sources: Sources) -> tuple[Charts, tuple[Manifests, ...]]:
    charts = Charts(sources)
    return charts, read_manifest_files(sources, charts)


def _surround(manifests: Iterable[Manifests]) -> tuple[Deployed, ...]:
    return surround(
        [workload for each in manifests for workload in each.workloads],
        [service for each in manifests for service in each.services],
        [autoscaler for each in manifests for autoscaler in each.autoscalers],
    )


_PARTS: dict[type, Callable[[Repository], Iterable[object]]] = {
    Repository: lambda repository: (repository,),
    Module: lambda repository: repository.modules,
    Program: lambda repository: repository.programs,
    Image: lambda repository: repository.images,
    Stage: lambda repository: {
        (stage.path, stage.index): stage for image in repository.images for stage in image.stages
    }.values(),
    Pipeline: lambda repository: repository.pipelines,
    Job: lambda repository: repository.jobs,
    Workload: lambda repository: [workload for each in repository.manifests for workload in each.workloads],
    Deployed: lambda repository: repository.deployed,
    Service: lambda repository: repository.services,
    JavaApplication: lambda repository: repository.java_applications,
}
