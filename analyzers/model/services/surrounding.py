"""What stands around a container on the cluster: the Services that select its pod, and its autoscaler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

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


def find_by_host(
    host: str, services: Sequence[ClusterService], caller: Workload | None
) -> ClusterService | None:
    """The Service that a host name means to a pod: `orders`, `orders.shop` or `orders.shop.svc`.

    https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/. Without a caller, only one that
    bears its name alone.
    """
    name, *rest = host.split(".")
    if len(rest) > 1 and rest[1] != "svc":
        return None
    namespace = rest[0] if rest else caller.namespace if caller else None
    found = [
        service for service in services if service.name == name and namespace in (None, service.namespace)
    ]
    if caller is None or not found:
        return found[0] if len(found) == 1 else None
    return max(found, key=lambda service: nearness(service.path, caller.path))


def nearness(path: str, other: str) -> int:
    """How much two files belong together: more for the same file, then by the folders they share."""
    if path == other:
        return 1_000
    folders = zip(path.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def _selecting(workload: Workload, services: Sequence[ClusterService]) -> Iterator[ClusterService]:
    """Of Services with one name the nearest counts: often there is one set of manifests an environment.

    A Service beside the workload, or around it, speaks against those in other corners of the repository.
    """
    by_name: dict[str, ClusterService] = {}
    for service in services:
        if _selects(service, workload):
            known = by_name.setdefault(service.name, service)
            if nearness(service.path, workload.path) > nearness(known.path, workload.path):
                by_name[service.name] = service
    steps = {name: _steps(service.path, workload.path) for name, service in by_name.items()}
    has_close = 0 in steps.values()
    return (by_name[name] for name, count in steps.items() if count == 0 or (count == 1 and not has_close))


def _selects(service: ClusterService, workload: Workload) -> bool:
    return (
        bool(service.selector)
        and service.namespace == workload.namespace
        and (service.selector or {}).items() <= workload.labels.items()
    )


def _steps(path: str, other: str) -> int:
    """0 where the folder of one file is the other's or lies around it, 1 for sister folders, 2 for others."""
    shared = nearness(path, other)
    apart = sorted(each.count("/") - shared for each in (path, other))
    return 0 if path == other or apart[0] == 0 else 1 if apart == [1, 1] else 2


def _scaling(workload: Workload, autoscalers: Sequence[Autoscaler]) -> Autoscaler | None:
    wanted = (workload.kind, workload.name, workload.namespace)
    matching = [
        autoscaler
        for autoscaler in autoscalers
        if (autoscaler.target_kind, autoscaler.target_name, autoscaler.namespace) == wanted
    ]
    return max(matching, key=lambda scaler: nearness(scaler.at.path, workload.path), default=None)
