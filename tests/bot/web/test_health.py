"""Alive, and able to work: two different questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from bot.forges.rounds import Ailment
from bot.settings import Settings
from bot.store.ailments import Ailments
from tests.bot.web.conftest import Opener
from tests.bot.webhooks import GITHUB


def readiness(client: FlaskClient) -> tuple[int, list[str]]:
    answer = client.get("/readyz")
    assert answer.json
    return answer.status_code, [reason["code"] for reason in answer.json.get("reasons", [])]


def test_alive_without_database(open_client: Opener) -> None:
    broken = Settings(database_url="postgresql://nobody@127.0.0.1:1/none")
    assert open_client(broken).get("/healthz").json == {"status": "ok"}


def test_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        pytest.param("sqlite:///{}/empty.db", ["not_migrated"], id="tables are missing"),
        pytest.param("sqlite:////proc/none/x.db", ["no_database"], id="no such folder"),
        pytest.param("postgresql://nobody@127.0.0.1:1/none", ["no_database"], id="nobody listens"),
    ],
)
def test_not_ready_for_its_database(open_client: Opener, tmp_path: Path, url: str, codes: list[str]) -> None:
    settings = Settings(database_url=url.format(tmp_path), github=GITHUB)
    assert readiness(open_client(settings)) == (503, codes)


def test_not_ready_with_a_key_that_is_none(settings: Settings, open_client: Opener) -> None:
    answer = open_client(replace(settings, github=replace(GITHUB, private_key="no key"))).get("/readyz")
    assert answer.json
    assert [reason["code"] for reason in answer.json["reasons"]] == ["wrong_credentials"]
    assert "GITHUB_PRIVATE_KEY" in answer.json["reasons"][0]["message"]


def test_not_ready_without_a_forge(settings: Settings, open_client: Opener) -> None:
    assert readiness(open_client(replace(settings, github=None))) == (503, ["not_configured"])


TOMORROW = datetime.now(UTC) + timedelta(days=1)
NEXT_YEAR = datetime.now(UTC) + timedelta(days=365)
LONG_SINCE = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "is_fatal", "status", "place"),
    [
        pytest.param(NEXT_YEAR, True, 200, "", id="a token that ends next year"),
        pytest.param(TOMORROW, True, 200, "warnings", id="a token that ends tomorrow"),
        pytest.param(LONG_SINCE, True, 503, "reasons", id="a token that has ended"),
        pytest.param(LONG_SINCE, False, 200, "warnings", id="a webhook that is switched off"),
    ],
)
def test_what_the_forge_told_last(
    client: FlaskClient, engine: sa.Engine, at: datetime, is_fatal: bool, status: int, place: str
) -> None:
    Ailments(engine).replace("gitlab", [Ailment("some_code", "x", "it is ill", at, is_fatal)])
    answer = client.get("/readyz")

    assert answer.json
    told = {"code": "some_code", "message": "gitlab: it is ill"}
    assert (answer.status_code, answer.json.get(place, [])) == (status, [told] if place else [])


def test_what_is_well_again_is_not_told(client: FlaskClient, engine: sa.Engine) -> None:
    Ailments(engine).replace("gitlab", [Ailment("some_code", "x", "it is ill", LONG_SINCE, is_fatal=True)])
    Ailments(engine).replace("github", [])
    assert client.get("/readyz").status_code == 503
    Ailments(engine).replace("gitlab", [])

    assert client.get("/readyz").json == {"status": "ready"}
