"""What Prometheus reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from bot.forges.rounds import Ailment
from bot.settings import Settings
from bot.store.ailments import Ailments
from tests.bot.web.conftest import Opener
from tests.bot.webhooks import headers, pull_request


def samples(text: str) -> dict[tuple[str, ...], float]:
    """By name and the labels' values, these in the order of the labels' names."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_counts_what_the_ledger_has(client: FlaskClient) -> None:
    body = pull_request()
    for guid in ("a", "b", "b"):
        client.post("/webhooks/github", data=body, headers=headers(body, guid))
    found = samples(client.get("/metrics").text)
    assert found["shipworthy_jobs", "accepted"] == 2
    assert found["shipworthy_jobs", "failed"] == 0
    assert found["shipworthy_job_oldest_age_seconds",] >= 0


def test_counts_webhooks_by_outcome(client: FlaskClient) -> None:
    keys = [
        ("shipworthy_webhook_deliveries_total", "star", "github", "ignored"),
        ("shipworthy_webhook_deliveries_total", "", "github", "bad_signature"),
    ]
    before = samples(client.get("/metrics").text)
    client.post("/webhooks/github", data=b"{}", headers=headers(b"{}", event="star"))
    client.post("/webhooks/github", data=b"{} ", headers=headers(b"{}", event="forged"))
    after = samples(client.get("/metrics").text)
    assert [after[key] - before.get(key, 0) for key in keys] == [1, 1]


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        pytest.param("", 401, id="nothing"),
        pytest.param("Bearer guess", 401, id="wrong token"),
        pytest.param("Bearer open sesame", 200, id="right token"),
    ],
)
def test_may_be_guarded(settings: Settings, open_client: Opener, authorization: str, status: int) -> None:
    guarded = open_client(replace(settings, metrics_token="open sesame"))
    assert guarded.get("/metrics", headers={"Authorization": authorization}).status_code == status


def test_the_rest_is_counted_while_the_database_is_away(settings: Settings, open_client: Opener) -> None:
    away = replace(settings, database_url="postgresql://nobody@127.0.0.1:1/none")
    answer = open_client(away).get("/metrics")
    names = {name for name, *_ in samples(answer.text)}
    assert answer.status_code == 200
    assert "shipworthy_build_info" in names
    assert "shipworthy_jobs" not in names


def test_tells_when_tokens_end_and_what_is_wrong(client: FlaskClient, engine: sa.Engine) -> None:
    end, since = datetime(2030, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    found = [
        Ailment("token_expires", "token", "it ends", end, is_fatal=True),
        Ailment("hook_disabled", "acme/shop", "it is off", since),
        Ailment("hook_disabled", "acme/desk", "it is off", since),
    ]
    Ailments(engine).replace("gitlab", found)
    told = samples(client.get("/metrics").text)

    assert told["shipworthy_credential_expiry_timestamp_seconds", "gitlab", "token"] == end.timestamp()
    assert told["shipworthy_ailments", "hook_disabled", "gitlab"] == 2
    assert ("shipworthy_ailments", "token_expires", "gitlab") not in told
