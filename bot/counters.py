"""What only the processes themselves can count: webhooks, requests to forges, reviews and their findings.

With several processes the values live in the folder that PROMETHEUS_MULTIPROC_DIR names: `serve` makes one
for its web and worker processes, `web` alone one for its own. A worker elsewhere is not seen.
https://prometheus.github.io/client_python/multiprocess/
"""

from __future__ import annotations

import os
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
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
_api_requests = Counter(
    "shipworthy_api_requests_total",
    "Requests to a forge",
    ("forge", "endpoint", "status"),
    registry=_own,
)
_review_seconds = Histogram(
    "shipworthy_review_duration_seconds",
    "Time a review took, from reading the change to its check",
    ("forge",),
    buckets=(0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300),
    registry=_own,
)
_feedback_seconds = Histogram(
    "shipworthy_time_to_feedback_seconds",
    "Time from the arrival of a delivery to its answer",
    ("forge",),
    buckets=(1, 2.5, 5, 10, 15, 30, 60, 120, 300, 900, 3600),
    registry=_own,
)
_findings = Counter(
    "shipworthy_findings_total",
    "New findings: posted as comments, or summarised in the check alone",
    ("rule", "severity", "outcome"),
    registry=_own,
)
_limit_remaining = Gauge(
    "shipworthy_api_rate_limit_remaining",
    "Requests that the forge still allows, as it last said",
    ("forge", "installation", "resource"),
    registry=_own,
    multiprocess_mode="mostrecent",
)
_limit_reset = Gauge(
    "shipworthy_api_rate_limit_reset_timestamp_seconds",
    "When it allows all of them again",
    ("forge", "installation", "resource"),
    registry=_own,
    multiprocess_mode="mostrecent",
)
_resent = Counter(
    "shipworthy_deliveries_resent_total",
    "Missed webhooks that the forge was asked to send again",
    ("forge",),
    registry=_own,
)
_swept = Counter(
    "shipworthy_changes_swept_total",
    "Changes that were found unreviewed, or reviewed anew for other settings",
    ("forge",),
    registry=_own,
)


def count_delivery(forge: str, event: str, outcome: str, seconds: float) -> None:
    """`event` must come from a proven sender, or be empty: every new word is kept for ever."""
    _deliveries.labels(forge, event, outcome).inc()
    _response_seconds.labels(forge).observe(seconds)


def count_request(forge: str, method: str, endpoint: str, status: int) -> None:
    """`endpoint` is a path without names and numbers. Status 0 is for no answer at all."""
    _api_requests.labels(forge, f"{method} {endpoint}", str(status)).inc()


def count_review(forge: str, seconds: float) -> None:
    _review_seconds.labels(forge).observe(seconds)


def count_feedback(forge: str, seconds: float) -> None:
    _feedback_seconds.labels(forge).observe(seconds)


def count_finding(rule: str, severity: str, outcome: str) -> None:
    _findings.labels(rule, severity, outcome).inc()


def tell_limit(forge: str, installation: str, resource: str, remaining: int, reset: datetime) -> None:
    """`resource` is the forge's word for what is limited."""
    _limit_remaining.labels(forge, installation, resource).set(remaining)
    _limit_reset.labels(forge, installation, resource).set(reset.timestamp())


def count_resent(forge: str) -> None:
    _resent.labels(forge).inc()


def count_swept(forge: str, changes: int) -> None:
    _swept.labels(forge).inc(changes)


def counted() -> CollectorRegistry:
    """The counts of all processes that share the folder."""
    if _DIRECTORY not in os.environ:
        return _own
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
