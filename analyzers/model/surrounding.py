"""What stands around a container on the cluster: the Services that select its pod, and its autoscaler."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from analyzers.model.service import Deployed
from analyzers.model.workload import Autoscaler, ClusterService, Workload


def surround(
    workloads: Sequence[Workload], services: Sequence[ClusterService], autoscalers: Sequence[Autoscaler]
) -> tuple[Deployed, ...]:
    """Every container with the Services that select its pod and the autoscaler that scales it."""
    return tuple(
        Deployed(workload, container, around, scaler)
        for workload in workloads
        for around, scaler in [(tuple(_selecting(workload, services)), _scaling(workload, autoscalers))]
        for container in workload.containers
    )


def nearness(path: str, other: str) -> int:
    """How much two files belong together: more for the same file, then by the folders they share."""
    if path == other:
        return 1_000
    return len(posixpath.commonpath([f"/{posixpath.dirname(path)}", f"/{posixpath.dirname(other)}"]))


def _selecting(workload: Workload, services: Sequence[ClusterService]) -> Iterator[ClusterService]:
    """Repositories often hold one set of manifests an environment: of Services with one name the nearest counts."""
    by_name: dict[str, list[ClusterService]] = {}
    for service in services:
        if (
            service.selector
            and service.namespace == workload.namespace
            and service.selector.items() <= workload.labels.items()
        ):
            by_name.setdefault(service.name, []).append(service)
    for found in by_name.values():
        yield max(found, key=lambda service: nearness(service.path, workload.path))


def _scaling(workload: Workload, autoscalers: Sequence[Autoscaler]) -> Autoscaler | None:
    wanted = (workload.kind, workload.name, workload.namespace)
    matching = [
        autoscaler
        for autoscaler in autoscalers
        if (autoscaler.target_kind, autoscaler.target_name, autoscaler.namespace) == wanted
    ]
    return max(matching, key=lambda scaler: nearness(scaler.at.path, workload.path), default=None)
