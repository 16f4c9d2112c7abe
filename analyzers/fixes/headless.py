"""A Service without a cluster IP, whose name stands for the addresses of all its pods."""

from __future__ import annotations

from collections.abc import Callable

from analyzers.finding import Edit, Location
from analyzers.fixes.manifest_fields import add_first
from analyzers.model.workload import ClusterService


def make_headless(service: ClusterService, text_at: Callable[[Location], str]) -> Edit | None:
    """`clusterIP: None` as the first field of its spec; None where the spec is not written line by line."""
    spec = service.spec_at
    if spec is None or service.cluster_ip or text_at(spec).startswith("{"):
        return None
    return add_first(spec, service.at, "clusterIP: None")
