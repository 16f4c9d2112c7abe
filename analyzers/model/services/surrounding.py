"""What stands around a container on the cluster: the Services that select its pod, and its autoscaler."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from analyzers.model.nearness import nearness, steps_between
from analyzers.model.service import Deployed
from analyzers.model.workload import Autoscaler, ClusterService, Workload

MOST_SELECTING = 200


def surround(
    workloads: Sequence[Workload], services: Sequence[ClusterService], autoscalers: Sequence[Autoscaler]
) -> tuple[Deployed, ...]:
    """Every container with the Services that select its pod and the autoscaler that scales it."""
    around = _Surroundings(services, autoscalers)
    return tuple(
        Deployed(workload, container, selecting, scaler)
        for workload in workloads
        for selecting, scaler in [(around.selecting(workload), around.scaling(workload))]
        for container in workload.containers
    )


class Selected:
    """The containers behind each Service."""

    def __init__(self, deployed: Iterable[Deployed]) -> None:
        self._behind: dict[int, list[Deployed]] = defaultdict(list)
        for item in deployed:
            for service in item.cluster_services:
                self._behind[id(service)].append(item)

    def by(self, service: ClusterService) -> Sequence[Deployed]:
        """Those whose pods a Service selects, in reading order."""
        return self._behind.get(id(service), ())


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
    return max(found, key=lambda service: _kinship(service, caller))


def _kinship(service: ClusterService, caller: Workload) -> tuple[bool, int]:
    return service.overlay == caller.overlay, nearness(service.path, caller.path)


class _Surroundings:
    """Services and autoscalers by what they ask for.

    What one kustomization yields belongs together; files that none takes in belong together by place.
    """

    def __init__(self, services: Iterable[ClusterService], autoscalers: Iterable[Autoscaler]) -> None:
        self._services: dict[tuple[str, str, str, str], list[ClusterService]] = defaultdict(list)
        for service in services:
            for label, value in sorted((service.selector or {}).items())[:1]:
                self._services[service.overlay, service.namespace, label, value].append(service)
        self._scalers: dict[tuple[str, str, str, str], list[Autoscaler]] = defaultdict(list)
        for scaler in autoscalers:
            target = (scaler.overlay, scaler.namespace, scaler.target_kind, scaler.target_name)
            self._scalers[target].append(scaler)

    def selecting(self, workload: Workload) -> tuple[ClusterService, ...]:
        own = tuple(self._selecting(workload, workload.overlay)) if workload.overlay else ()
        return own or tuple(_nearest(workload, islice(self._selecting(workload, ""), MOST_SELECTING)))

    def _selecting(self, workload: Workload, overlay: str) -> Iterator[ClusterService]:
        labels = workload.labels.items()
        for label, value in labels:
            for service in self._services.get((overlay, workload.namespace, label, value), ()):
                if (service.selector or {}).items() <= labels:
                    yield service

    def scaling(self, workload: Workload) -> Autoscaler | None:
        found = self._scalers.get((workload.overlay, workload.namespace, workload.kind, workload.name), ())
        return max(found, key=lambda scaler: nearness(scaler.at.path, workload.path), default=None)


def _nearest(workload: Workload, services: Iterable[ClusterService]) -> Iterator[ClusterService]:
    """Of Services with one name the nearest counts: often there is one set of manifests an environment.

    A Service beside the workload, or around it, speaks against those in other corners of the repository.
    """
    by_name: dict[str, ClusterService] = {}
    for service in services:
        known = by_name.setdefault(service.name, service)
        if nearness(service.path, workload.path) > nearness(known.path, workload.path):
            by_name[service.name] = service
    steps = {name: steps_between(service.path, workload.path) for name, service in by_name.items()}
    has_close = 0 in steps.values()
    return (by_name[name] for name, count in steps.items() if count == 0 or (count == 1 and not has_close))
