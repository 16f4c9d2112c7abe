"""A line that gives a pod more time to stop."""

from __future__ import annotations

from analyzers.finding import Fix
from analyzers.fixes.lines import insert_before
from analyzers.model.workload import Container, Workload


def add_grace_period(workload: Workload, container: Container, seconds: int) -> Fix | None:
    """In front of the pod's other fields, where these are written in block style and have none yet."""
    pod, first = workload.pod_at, container.at
    if workload.grace_period or pod is None:
        return None
    if first.line <= pod.line or first.span.column <= pod.span.column:
        return None
    indent = " " * (pod.span.column - 1)
    return Fix((insert_before(pod, f"{indent}terminationGracePeriodSeconds: {seconds}"),))
