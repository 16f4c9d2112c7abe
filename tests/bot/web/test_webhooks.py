"""Who may send what, what is answered, and what is on disk then."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from bot.forges.signature import sign
from bot.settings import Settings
from tests.bot.jobs.ledger import states
from tests.bot.web.conftest import Opener
from tests.bot.web.test_metrics import samples
from tests.bot.webhooks import GITHUB, SECRET, headers, pull_request

BODY = pull_request()
PING = b'{"zen": "Keep it logically awesome.", "hook_id": 11, "hook": {"type": "App", "id": 11}}'
LOCAL = {"action": "opened", "repository": "shop", "number": 1, "base": "main", "head": "feature"}
HOSTILE = {
    "zero in a name": BODY.replace(b"acme/shop", b"acme/shop\\u0000"),
    "half a pair in a name": BODY.replace(b"acme/shop", b"acme/shop\\ud800"),
    "a way out of the address": BODY.replace(b"acme/shop", b"../../user"),
    "infinite number": BODY.replace(b'"number": 1', b'"number": 1e999'),
    "number without end": BODY.replace(b'"number": 1', b'"number": ' + b"9" * 50),
    "installation that is no number": BODY.replace(b'"id": 5', b'"id": "x"'),
}


def without(name: str) -> Mapping[str, str]:
    return {key: value for key, value in headers(BODY).items() if key != name}


@pytest.mark.parametrize(
    ("body", "head", "status"),
    [
        pytest.param(BODY, without("X-Hub-Signature-256"), 401, id="unsigned"),
        pytest.param(BODY + b" ", headers(BODY), 401, id="changed on the way"),
        pytest.param(
            BODY, {**headers(BODY), "X-Hub-Signature-256": "sha256=ü"}, 401, id="nonsense signature"
        ),
        pytest.param(b"{]", headers(b"{]"), 400, id="no JSON"),
        pytest.param(b"\xff", headers(b"\xff"), 400, id="no text"),
        pytest.param(b"[1]", headers(b"[1]"), 400, id="no object"),
        pytest.param(b"{}", headers(b"{}"), 400, id="not what the event promises"),
        pytest.param(b"[" * 200_000, headers(b"[" * 200_000), 400, id="nested too deep"),
        *(pytest.param(body, headers(body), 400, id=f"hostile: {name}") for name, body in HOSTILE.items()),
        pytest.param(BODY, without("X-GitHub-Delivery"), 400, id="no delivery id"),
        pytest.param(BODY, headers(BODY, guid="a b"), 400, id="odd delivery id"),
        pytest.param(BODY, without("X-GitHub-Event"), 400, id="no event"),
        pytest.param(b" " * (25 * 2**20 + 1), {}, 413, id="too large"),
        pytest.param(b"{}", headers(b"{}", event="star"), 202, id="unknown event"),
        pytest.param(
            pull_request(action="labeled"), headers(pull_request(action="labeled")), 202, id="dull action"
        ),
    ],
)
def test_stores_nothing(
    client: FlaskClient, engine: sa.Engine, body: bytes, head: Mapping[str, str], status: int
) -> None:
    answer = client.post("/webhooks/github", data=body, headers=head)
    assert (answer.status_code, states(engine)) == (status, {})
    assert answer.json
    assert answer.json["reason"]


def test_says_why_it_ignores(client: FlaskClient) -> None:
    answer = client.post("/webhooks/github", data=b"{}", headers=headers(b"{}", event="star"))
    assert answer.json == {"status": "ignored", "reason": "this star event asks for nothing"}


def test_a_ping_is_answered_and_counted(client: FlaskClient, engine: sa.Engine) -> None:
    key = ("shipworthy_webhook_deliveries_total", "ping", "github", "pong")
    before = samples(client.get("/metrics").text).get(key, 0)
    answer = client.post("/webhooks/github", data=PING, headers=headers(PING, event="ping"))

    assert (answer.status_code, answer.json, states(engine)) == (200, {"status": "pong"}, {})
    assert samples(client.get("/metrics").text)[key] - before == 1


def test_a_ping_of_somebody_else_is_refused(client: FlaskClient) -> None:
    forged = {**headers(PING, event="ping"), "X-Hub-Signature-256": sign(PING, "guess")}

    assert client.post("/webhooks/github", data=PING, headers=forged).status_code == 401


def test_accepts_then_knows_it(client: FlaskClient, engine: sa.Engine) -> None:
    first = client.post("/webhooks/github", data=BODY, headers=headers(BODY))
    second = client.post("/webhooks/github", data=BODY, headers=headers(BODY))
    assert (first.status_code, first.json) == (202, {"status": "accepted"})
    assert (second.status_code, second.json) == (200, {"status": "duplicate"})
    assert states(engine) == {"guid-1": "accepted"}


def test_any_of_several_secrets_will_do(client: FlaskClient) -> None:
    rotated = {**headers(BODY), "X-Hub-Signature-256": sign(BODY, "newer")}
    assert client.post("/webhooks/github", data=BODY, headers=rotated).status_code == 202


@pytest.mark.parametrize("forge", ["local", "gitlab", "nobody"])
def test_a_forge_that_is_not_configured_is_not_there(client: FlaskClient, forge: str) -> None:
    assert client.post(f"/webhooks/{forge}", data=BODY, headers=headers(BODY)).status_code == 404


@pytest.mark.parametrize(
    ("secret", "status", "stored"),
    [pytest.param("wrong", 401, 0, id="wrong secret"), pytest.param(SECRET, 202, 1, id="signed")],
)
def test_local_webhooks_need_a_signature_only(
    local_client: FlaskClient, engine: sa.Engine, secret: str, status: int, stored: int
) -> None:
    body = json.dumps(LOCAL).encode()
    answer = local_client.post(
        "/webhooks/local", data=body, headers={"X-Hub-Signature-256": sign(body, secret)}
    )
    assert answer.status_code == status
    assert len(states(engine)) == stored


def test_a_database_that_is_away_is_no_acceptance(open_client: Opener) -> None:
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:1/none", github=GITHUB)
    answer = open_client(settings).post("/webhooks/github", data=BODY, headers=headers(BODY))
    assert (answer.status_code, answer.json and answer.json["status"]) == (503, "unavailable")


def test_every_answer_has_security_headers(client: FlaskClient) -> None:
    for path in ("/healthz", "/rules", "/nothing"):
        answer = client.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
