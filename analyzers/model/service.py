"""A deployable service: one program with the image that holds it, the jobs that build it, the workloads that run it."""

from __future__ import annotations

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
