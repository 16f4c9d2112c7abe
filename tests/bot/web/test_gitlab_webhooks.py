"""GitLab's webhooks over HTTP: 401 for a wrong secret and nothing else, since GitLab counts refusals."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from bot.forges.gitlab_envelope import sign_gitlab
from bot.gitlab_settings import GitLabSettings
from bot.settings import Settings
from tests.bot.jobs.ledger import states
from tests.bot.web.conftest import Opener

PAYLOADS = Path(__file__).parent.parent / "payloads" / "gitlab"
OPENED = (PAYLOADS / "merge_request.open.json").read_bytes()
LABELLED = (PAYLOADS / "merge_request.update.label.json").read_bytes()
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TOLD = {
    "X-Gitlab-Event": "Merge Request Hook",
    "X-Gitlab-Token": "swordfish",
    "Idempotency-Key": "key-1",
    "Content-Type": "application/json",
}


@pytest.fixture
def gitlab(database_url: str, open_client: Opener) -> FlaskClient:
    """Two instances: one tells a secret, the other signs."""
    instances = (
        GitLabSettings("gitlab", "glpat-one", ("swordfish",)),
        GitLabSettings("gitlab-lab", "glpat-two", (), (KEY,), "https://lab.example.com"),
    )
    return open_client(Settings(database_url=database_url, gitlabs=instances))


@pytest.mark.parametrize(
    ("body", "headers", "status", "word"),
    [
        pytest.param(OPENED, {**TOLD, "X-Gitlab-Token": "x"}, 401, "bad_signature", id="wrong secret"),
        pytest.param(LABELLED, TOLD, 202, "ignored", id="a label was put"),
        pytest.param(b"{]", TOLD, 202, "malformed", id="no JSON"),
        pytest.param(b"{}", {**TOLD, "X-Gitlab-Event": "Wiki Page Hook"}, 202, "ignored", id="a wiki page"),
        pytest.param(OPENED.replace(b'"iid": 7', b'"iid": "x"'), TOLD, 202, "malformed", id="no number"),
        pytest.param(OPENED, {**TOLD, "X-Gitlab-Event": ""}, 202, "malformed", id="no event"),
        pytest.param(b" " * (25 * 2**20 + 1), TOLD, 202, "too_large", id="too large"),
    ],
)
def test_stores_nothing(
    gitlab: FlaskClient, engine: sa.Engine, body: bytes, headers: Mapping[str, str], status: int, word: str
) -> None:
    answer = gitlab.post("/webhooks/gitlab", data=body, headers=headers)

    assert (answer.status_code, answer.json and answer.json["status"], states(engine)) == (status, word, {})


def test_accepts_then_knows_it(gitlab: FlaskClient, engine: sa.Engine) -> None:
    answers = [gitlab.post("/webhooks/gitlab", data=OPENED, headers=TOLD) for _ in range(2)]

    assert [(one.status_code, one.json) for one in answers] == [
        (202, {"status": "accepted"}),
        (200, {"status": "duplicate"}),
    ]
    assert states(engine) == {"key-1": "accepted"}


def test_an_event_that_sets_off_two_hooks_is_two_deliveries(gitlab: FlaskClient, engine: sa.Engine) -> None:
    shared = {key: value for key, value in TOLD.items() if key != "Idempotency-Key"}
    note = json.loads((PAYLOADS / "note.create.json").read_bytes())
    for body in (OPENED, json.dumps(note).encode()):
        gitlab.post("/webhooks/gitlab", data=body, headers={**shared, "X-Gitlab-Event-UUID": "event-1"})

    assert len(states(engine)) == 2


def test_another_instance_has_an_address_of_its_own(gitlab: FlaskClient, engine: sa.Engine) -> None:
    now = int(time.time())
    signed = {
        "X-Gitlab-Event": "Merge Request Hook",
        "webhook-id": "msg-1",
        "webhook-timestamp": str(now),
        "webhook-signature": sign_gitlab("msg-1", now, OPENED, KEY),
    }
    refused = gitlab.post("/webhooks/gitlab-lab", data=OPENED, headers=TOLD)
    taken = gitlab.post("/webhooks/gitlab-lab", data=OPENED, headers=signed)

    assert (refused.status_code, taken.status_code, states(engine)) == (401, 202, {"msg-1": "accepted"})
