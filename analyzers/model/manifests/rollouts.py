"""Rollouts of Argo that take their pods from a Deployment.

https://argoproj.github.io/argo-rollouts/migrating/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from analyzers.model.workload import Workload

Borrowing = Callable[[Sequence[Workload]], Iterator[Workload]]


def borrow_templates(workloads: Sequence[Workload]) -> Borrowing:
    """Says what becomes of workloads: the Deployment that one Rollout refers to runs as that Rollout.

    A Rollout itself is left out: its pods stand in the Deployment.
    """
    rollouts: dict[tuple[str, str, str], list[Workload]] = defaultdict(list)
    for workload in workloads:
        if workload.template_of:
            rollouts[workload.overlay, workload.namespace, workload.template_of].append(workload)

    def borrowed(some: Sequence[Workload]) -> Iterator[Workload]:
        for workload in some:
            found = rollouts.get((workload.overlay, workload.namespace, workload.name), ())
            if workload.kind == "Deployment" and len(found) == 1:
                yield _run_as(workload, found[0])
            elif not workload.template_of:
                yield workload

    return borrowed


def _run_as(deployment: Workload, rollout: Workload) -> Workload:
    return replace(
        deployment,
        kind=rollout.kind,
        name=rollout.name,
        annotations={**deployment.annotations, **rollout.annotations},
        replicas=rollout.replicas,
        strategy=rollout.strategy,
        is_complete=deployment.is_complete and rollout.is_complete,
    )
