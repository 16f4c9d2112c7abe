"""What kustomizations yield, read into the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyzers.model.manifests.kustomize import Kustomization, Resource
from analyzers.model.manifests.manifests import Found, Manifests, collect, read_object
from analyzers.model.workload import Container, Settings, Workload


def read_resources(root: Kustomization, resources: Iterable[Resource], *, is_whole: bool) -> Manifests:
    """The objects of an outermost kustomization. Unless it `is_whole`, nothing can be called missing."""
    found = (_read(resource, is_whole=is_whole) for resource in resources)
    return collect(root.path, (replace(item, overlay=root.path) for item in found if item))


def in_doubt(manifests: Manifests) -> Manifests:
    """The objects of a file as they are for sure: what they lack, an overlay may add."""
    return replace(
        manifests,
        workloads=tuple(map(_doubted, manifests.workloads)),
        settings=tuple(replace(each, is_complete=False) for each in manifests.settings),
    )


def _read(resource: Resource, *, is_whole: bool) -> Found | None:
    found = read_object(resource.path, resource.kind, resource.group, resource.node)
    if is_whole and resource.is_complete:
        return found
    if isinstance(found, Settings):
        return replace(found, is_complete=False)
    return _doubted(found) if isinstance(found, Workload) else found


def _doubted(workload: Workload) -> Workload:
    return replace(
        workload,
        containers=tuple(map(_doubted_container, workload.containers)),
        init_containers=tuple(map(_doubted_container, workload.init_containers)),
        is_complete=False,
    )


def _doubted_container(container: Container) -> Container:
    return replace(container, is_complete=False, env_is_complete=False)
