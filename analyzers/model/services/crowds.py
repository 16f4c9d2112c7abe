"""How many pods of a workload there may be."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.service import Deployed
from analyzers.parsers.light import light_value


@light_value
class Crowd:
    """`at` is what says the number: the replicas, or the autoscaler."""

    pods: int
    at: Location
    is_scaled: bool


def crowd_of(item: Deployed) -> Crowd | None:
    """None where nothing known says a number."""
    if item.autoscaler and item.autoscaler.max_replicas:
        return Crowd(item.autoscaler.max_replicas, item.autoscaler.at, True)
    replicas = item.workload.replicas
    return Crowd(replicas.value, replicas.at, False) if replicas and replicas.value else None
