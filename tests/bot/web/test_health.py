"""Alive, and able to work: two different questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.settings import Settings
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
