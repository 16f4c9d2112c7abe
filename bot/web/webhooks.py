"""Webhooks in: prove the sender, read the event, put it in the queue, answer."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import cast

import structlog
from flask import Blueprint, abort, request
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

from bot.counters import count_delivery
from bot.errors import Malformed, Rejected
from bot.forges.envelope import Envelope
from bot.jobs.queue import Acceptance
from bot.store.deliveries import Delivery
from bot.web.resources import Intake, resources

MAX_BODY = 25 * 1024 * 1024
"""What GitHub caps its payloads at: https://docs.github.com/en/webhooks/webhook-events-and-payloads"""

Answer = tuple[dict[str, str], int]

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
log = structlog.stdlib.get_logger(__name__)

_UNKNOWN = Envelope("", "")
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
    envelope, answer = _answer(intake)
    _report(forge, envelope, answer, time.monotonic() - started)
    return answer


def _answer(intake: Intake) -> tuple[Envelope, Answer]:
    envelope = _UNKNOWN
    try:
        body = request.get_data()
        envelope = intake.open(request.headers, body)
        answer = _take(intake, envelope, body)
    except Rejected as reason:
        answer = {"status": "bad_signature", "reason": str(reason)}, 401
    except Malformed as reason:
        answer = {"status": "malformed", "reason": str(reason)}, _refused(intake, 400)
    except RequestEntityTooLarge:
        words = f"the limit is {MAX_BODY} bytes"
        answer = {"status": "too_large", "reason": words}, _refused(intake, 413)
    except (OperationalError, InterfaceError):
        log.exception("database_unreachable")
        answer = {"status": "unavailable", "reason": "the delivery could not be stored; send it again"}, 503
    return envelope, answer


def _refused(intake: Intake, status: int) -> int:
    return 202 if intake.counts_refusals else status


def _take(intake: Intake, envelope: Envelope, body: bytes) -> Answer:
    wanted = intake.read_event(envelope.event, read_object(body))
    if wanted is None:
        return _answer_nothing(envelope.event)
    return _OUTCOMES[resources().queue.accept(Delivery(envelope.guid, envelope.event, wanted))]


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


def _report(forge: str, envelope: Envelope, answer: Answer, seconds: float) -> None:
    body, status = answer
    count_delivery(forge, envelope.event, body["status"], seconds)
    log.log(
        logging.WARNING if status >= 400 or body["status"] == "malformed" else logging.INFO,
        "webhook",
        webhook_event=envelope.event,
        delivery_id=envelope.guid,
        forge=forge,
        outcome=body["status"],
        reason=body.get("reason"),
        http_status=status,
        duration_ms=round(seconds * 1000),
    )
