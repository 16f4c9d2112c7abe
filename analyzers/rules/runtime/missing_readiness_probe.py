from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.service import Deployed
from analyzers.model.workload import ClusterService
from analyzers.rule import Problem, rule

METRICS = re.compile("metric|prometheus")
SERVING = ("Deployment", "StatefulSet", "Rollout")


@rule
def check(deployed: Deployed) -> Iterator[Problem]:
    workload, container = deployed.workload, deployed.container
    if workload.kind not in SERVING or container.readiness:
        return
    if not workload.is_complete or not container.is_complete:
        return
    service = next((found for found in deployed.cluster_services if _reaches(found, deployed)), None)
    if service:
        yield Problem(
            container.at,
            values={"container": container.name, "service": service.name, "partner": service.at},
            related=(Related(service.at, "sends requests here"),),
            evidence=f"{workload.kind} {workload.name} {container.name}",
        )


def _reaches(service: ClusterService, deployed: Deployed) -> bool:
    """Whether requests to the Service end in this container, and not in another of its pod."""
    if not service.ports or _is_only_scraped(service):
        return False
    if len(deployed.workload.containers) == 1:
        return True
    targets = {port.target for port in service.ports} - {None}
    return any(port.number in targets or port.name in targets for port in deployed.container.ports)


def _is_only_scraped(service: ClusterService) -> bool:
    """Its ports are for metrics: a scraper that comes too early loses nobody's request."""
    return all(METRICS.search(f"{port.name} {port.target}") for port in service.ports)
