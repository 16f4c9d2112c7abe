"""A saved delivery answered on the spot, for bug reports and trials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from bot.app import create_intakes
from bot.errors import Malformed, Misconfigured
from bot.settings import Settings
from bot.store.database import closing_database
from bot.web.webhooks import read_object
from bot.work import create_work


def replay_delivery(settings: Settings, forge: str, content: bytes, event: str = "") -> str:
    """One line that says what came of it. The signature is not looked at: whoever has the file is trusted.

    Raises Malformed for a file that is no delivery, Misconfigured for a forge that is not configured,
    and whatever the work itself raises.
    """
    intake = create_intakes(settings).get(forge)
    if intake is None:
        raise Misconfigured(f"the forge {forge!r} is not configured")
    name, payload = read_saved(content, event, intake.event_header)
    wanted = intake.read_event(name, payload)
    if wanted is None:
        return f"ignored: this {name} event asks for nothing"
    with closing_database(settings.database_url) as engine:
        review_id = create_work(settings, engine).answer(wanted, f"replay-{uuid4()}")
    return f"done: {wanted.change.key}, " + (f"review {review_id}" if review_id else "no review was needed")


def read_saved(content: bytes, event: str = "", header: str = "") -> tuple[str, Mapping[str, object]]:
    """The event's name, which its forge puts into `header`, and its payload. Raises Malformed."""
    saved = read_object(content)
    headers, body = saved.get("headers"), saved.get("body")
    if not isinstance(headers, dict) or not isinstance(body, dict):
        headers, body = {}, saved
    named = {str(key).lower(): str(value) for key, value in headers.items()}
    name = event or (named.get(header.lower(), "") if header else "change")
    if not name:
        raise Malformed(f"which event is it? Say --event, or save the header {header} with the body")
    return name, cast(Mapping[str, object], body)
