"""What only the web processes can count: webhooks that came in.

With several processes the values live in the folder that PROMETHEUS_MULTIPROC_DIR names; the `web`
command makes one. https://prometheus.github.io/client_python/multiprocess/
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"

_own = CollectorRegistry()

_deliveries = Counter(
    "shipworthy_webhook_deliveries_total",
    "Webhooks that came in",
    ("forge", "event", "outcome"),
    registry=_own,
)
_response_seconds = Histogram(
    "shipworthy_webhook_response_seconds",
    "Time until a webhook was answered",
    ("forge",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_own,
)


def count_delivery(forge: str, event: str, outcome: str, seconds: float) -> None:
    """`event` must come from a proven sender, or be empty: every new word is kept for ever."""
    _deliveries.labels(forge, event, outcome).inc()
    _response_seconds.labels(forge).observe(seconds)


def counted() -> CollectorRegistry:
    """The counts of all web processes together."""
    if _DIRECTORY not in os.environ:
        return _own
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
