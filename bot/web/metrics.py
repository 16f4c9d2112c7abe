"""`/metrics` for Prometheus: what the ledger knows, and what the processes counted."""

from __future__ import annotations

import hmac
import platform
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
import structlog
from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from analyzers.version import VERSION
from bot.counters import counted
from bot.jobs.stats import stats
from bot.store.ailments import Ailments
from bot.store.deliveries import State
from bot.store.tables import reviews
from bot.web.resources import resources

blueprint = Blueprint("metrics", __name__)
log = structlog.stdlib.get_logger(__name__)


class LedgerCollector(Collector):
    """Asks the database at each scrape, so every web process gives the same answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Without the ledger's figures while the database is away: the other ones matter even more then."""
        yield _build_info()
        try:
            families = [*self._jobs(), self._reviews(), *self._ailments()]
        except sa.exc.SQLAlchemyError:
            log.warning("ledger_not_counted", exc_info=True)
            return
        yield from families

    def _jobs(self) -> Iterator[Metric]:
        now = stats(self._engine, datetime.now(UTC))
        jobs = GaugeMetricFamily("shipworthy_jobs", "Deliveries in the ledger", labels=["state"])
        for state in State:
            jobs.add_metric([state.value], now.deliveries[state])
        yield jobs
        yield GaugeMetricFamily(
            "shipworthy_job_oldest_age_seconds",
            "Age of the oldest delivery without an answer",
            now.oldest_seconds,
        )

    def _reviews(self) -> Metric:
        family = CounterMetricFamily("shipworthy_reviews", "Reviews published", labels=["forge", "result"])
        query = sa.select(reviews.c.forge, reviews.c.conclusion, sa.func.count()).group_by(
            reviews.c.forge, reviews.c.conclusion
        )
        with self._engine.connect() as connection:
            for forge, conclusion, count in connection.execute(query):
                family.add_metric([forge, conclusion], count)
        return family

    def _ailments(self) -> Iterator[Metric]:
        expiry = GaugeMetricFamily(
            "shipworthy_credential_expiry_timestamp_seconds", "When a token ends", labels=["forge", "kind"]
        )
        troubles = GaugeMetricFamily(
            "shipworthy_ailments", "What keeps us from work on a forge", labels=["forge", "code"]
        )
        known = Ailments(self._engine).all()
        for forge, one in known:
            if one.code == "token_expires":
                expiry.add_metric([forge, one.subject], one.at.timestamp())
        counts = Counter((forge, one.code) for forge, one in known if one.at <= datetime.now(UTC))
        for labels, count in counts.items():
            troubles.add_metric(labels, count)
        yield from (expiry, troubles)


@blueprint.get("/metrics")
def show() -> Response:
    """Open unless METRICS_TOKEN is set, then for those who bring it."""
    _let_in(resources().settings.metrics_token)
    registry = CollectorRegistry()
    registry.register(LedgerCollector(resources().engine))
    text = generate_latest(registry) + generate_latest(counted())
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _let_in(token: str) -> None:
    given = request.headers.get("Authorization", "").encode("utf-8", "replace")
    if token and not hmac.compare_digest(given, f"Bearer {token}".encode()):
        abort(Response("a token is needed\n", 401, {"WWW-Authenticate": "Bearer"}))


def _build_info() -> Metric:
    family = GaugeMetricFamily("shipworthy_build_info", "What is running", labels=["version", "python"])
    family.add_metric([VERSION, platform.python_version()], 1)
    return family
