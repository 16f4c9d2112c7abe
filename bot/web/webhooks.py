"""Webhooks in: prove the sender, read the event, put it in the queue, answer."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Mapping
from typing import cast
from uuid import uuid4

import structlog
from flask import Blueprint, abort, request
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

from bot.counters import count_delivery
from bot.errors import Malformed, Rejected
from bot.forges.signature import verify
from bot.jobs.queue import Acceptance
from bot.store.deliveries import Delivery
from bot.web.resources import Intake, resources

MAX_BODY = 25 * 1024 * 1024
"""What GitHub caps its payloads at: https://docs.github.com/en/webhooks/webhook-events-and-payloads"""

Answer = tuple[dict[str, str], int]

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
log = structlog.stdlib.get_logger(__name__)

_NAME = re.compile(r"[a-z_]{1,64}")
_GUID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_OUTCOMES: Mapping[Acceptance, Answer] = {
    Acceptance.NEW: ({"status": "accepted"}, 202),
    Acceptance.AGAIN: ({"status": "accepted", "reason": "tried again"}, 202),
    Acceptance.DUPLICATE: ({"status": "duplicate"}, 200),
}


@blueprint.post("/<forge>")
def receive(forge: str) -> Answer:
    """404 for a forge that is not configured: nobody could prove to be it."""
    intake = resources().intakes.get(forge) or abort(404)
    started = time.monotonic()
    event, guid = _names(intake)
    answer = _answer(intake, event, guid)
    _report(forge, (event, guid), answer, time.monotonic() - started)
    return answer


def _names(intake: Intake) -> tuple[str, str]:
    """The event's name and the delivery's id as the sender gives them; made up where it need not."""
    event, guid = (request.headers.get(name, "") for name in ("X-GitHub-Event", "X-GitHub-Delivery"))
    if intake.names_deliveries:
        return event, guid
    return event or "change", guid or str(uuid4())


def _answer(intake: Intake, event: str, guid: str) -> Answer:
    try:
        return _take(intake, event, guid)
    except Rejected as reason:
        return {"status": "bad_signature", "reason": str(reason)}, 401
    except Malformed as reason:
        return {"status": "malformed", "reason": str(reason)}, 400
    except RequestEntityTooLarge:
        return {"status": "too_large", "reason": f"the limit is {MAX_BODY} bytes"}, 413
    except (OperationalError, InterfaceError):
        log.exception("database_unreachable")
        return {"status": "unavailable", "reason": "the delivery could not be stored; send it again"}, 503


def _take(intake: Intake, event: str, guid: str) -> Answer:
    body = request.get_data()
    verify(body, request.headers.get("X-Hub-Signature-256"), intake.secrets)
    if not _NAME.fullmatch(event):
        raise Malformed("X-GitHub-Event is missing or no event's name")
    if not _GUID.fullmatch(guid):
        raise Malformed("X-GitHub-Delivery is missing or no delivery's id")
    wanted = intake.read_event(event, read_object(body))
    if wanted is None:
        return _answer_nothing(event)
    return _OUTCOMES[resources().queue.accept(Delivery(guid, event, wanted))]


def _answer_nothing(event: str) -> Answer:
    """Whoever sets a webhook up sends a ping and looks whether somebody is there."""
    if event == "ping":
        return {"status": "pong"}, 200
    return {"status": "ignored", "reason": f"this {event} event asks for nothing"}, 202


def read_object(body: bytes) -> Mapping[str, object]:
    """The JSON object in `body`. Raises Malformed."""
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError) as reason:
        raise Malformed(
            "the body is not JSON; set the webhook's content type to application/json"
        ) from reason
    if not isinstance(payload, dict):
        raise Malformed("the body is JSON, but not an object")
    return cast(Mapping[str, object], payload)


def _report(forge: str, names: tuple[str, str], answer: Answer, seconds: float) -> None:
    (event, guid), (body, status) = names, answer
    name = event if status != 401 and _NAME.fullmatch(event) else ""
    count_delivery(forge, name, body["status"], seconds)
    log.log(
        logging.WARNING if status >= 400 else logging.INFO,
        "webhook",
        webhook_event=name,
        delivery_id=guid[:100],
        forge=forge,
        outcome=body["status"],
        reason=body.get("reason"),
        http_status=status,
        duration_ms=round(seconds * 1000),
    )
