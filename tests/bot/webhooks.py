"""Deliveries as a forge sends them, and settings that expect them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.forge_settings import GitHubSettings
from bot.forges.signature import sign
from tests.bot.forges.stand_in.server import private_key

SECRET = "correct horse"
GITHUB = GitHubSettings(app_id=7, private_key=private_key(), webhook_secrets=("newer", SECRET))


def pull_request(number: int = 1, action: str = "opened") -> bytes:
    payload = {
        "action": action,
        "pull_request": {"number": number, "head": {"sha": "a" * 40}},
        "repository": {"full_name": "acme/shop"},
        "installation": {"id": 5},
        "sender": {"login": "dev"},
    }
    return json.dumps(payload).encode()


def headers(body: bytes, guid: str = "guid-1", event: str = "pull_request") -> Mapping[str, str]:
    return {
        "Content-Type": "application/json",
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": guid,
        "X-Hub-Signature-256": sign(body, SECRET),
    }
