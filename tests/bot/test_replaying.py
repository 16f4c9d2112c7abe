"""Saved deliveries, in the shapes in which people save them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.errors import Malformed, Misconfigured
from bot.forge_settings import LocalSettings
from bot.replaying import read_saved, replay_delivery
from bot.settings import Settings
from bot.store.database import migrate, open_database


@pytest.mark.parametrize(
    ("saved", "event"),
    [
        pytest.param("{]", "", id="no JSON"),
        pytest.param('{"action": "opened"}', "", id="bare payload without an event"),
        pytest.param('{"headers": {}, "body": {}}', "", id="headers without the event"),
    ],
)
def test_cannot_be_read(saved: str, event: str) -> None:
    with pytest.raises(Malformed):
        read_saved(saved.encode(), event, "X-GitHub-Event")


@pytest.mark.parametrize(
    ("saved", "event"),
    [
        pytest.param('{"action": "opened"}', "pull_request", id="bare payload"),
        pytest.param(
            '{"headers": {"x-github-event": "pull_request"}, "body": {"action": "opened"}}',
            "",
            id="with headers",
        ),
    ],
)
def test_is_read(saved: str, event: str) -> None:
    assert read_saved(saved.encode(), event, "X-GitHub-Event") == ("pull_request", {"action": "opened"})


def test_a_forge_must_be_configured() -> None:
    with pytest.raises(Misconfigured, match="github"):
        replay_delivery(Settings(), "github", b"{}", "pull_request")


def test_a_local_change_is_reviewed_at_once(tmp_path: Path) -> None:
    repository = tmp_path / "shop"
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "init", "-q", "-b", "main", str(repository)], check=True)
    for branch in ("main", "feature"):
        (repository / "README").write_text(branch)
        subprocess.run([*git, "checkout", "-q", "-B", branch], check=True)
        subprocess.run([*git, "add", "README"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", branch], check=True)
    url = f"sqlite:///{tmp_path}/bot.db"
    engine = open_database(url)
    migrate(engine)
    engine.dispose()
    settings = Settings(
        database_url=url, local=LocalSettings(tmp_path, ("s",)), govulndb="https://127.0.0.1:1"
    )
    payload = {"action": "opened", "repository": "shop", "number": 1, "base": "main", "head": "feature"}
    said = replay_delivery(settings, "local", json.dumps(payload).encode())
    assert said.startswith("done: local:shop#1, review ")
