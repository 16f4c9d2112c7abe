"""GitHub's headers, and those of the local forge, which signs as GitHub does.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import uuid4

from bot.errors import Malformed
from bot.forges.envelope import Envelope, Headers
from bot.forges.signature import verify

_NAME = re.compile(r"[a-z_]{1,64}")
_GUID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def open_github(headers: Headers, body: bytes, *, secrets: Sequence[str]) -> Envelope:
    """Raises Rejected for a wrong signature, Malformed where a header is missing."""
    verify(body, headers.get("X-Hub-Signature-256", ""), secrets)
    return _checked(headers.get("X-GitHub-Event", ""), headers.get("X-GitHub-Delivery", ""))


def open_local(headers: Headers, body: bytes, *, secrets: Sequence[str]) -> Envelope:
    """A sender need not name what it sends."""
    verify(body, headers.get("X-Hub-Signature-256", ""), secrets)
    event = headers.get("X-GitHub-Event", "") or "change"
    return _checked(event, headers.get("X-GitHub-Delivery", "") or str(uuid4()))


def _checked(event: str, guid: str) -> Envelope:
    if not _NAME.fullmatch(event):
        raise Malformed("X-GitHub-Event is missing or no event's name")
    if not _GUID.fullmatch(guid):
        raise Malformed("X-GitHub-Delivery is missing or no delivery's id")
    return Envelope(event, guid)
