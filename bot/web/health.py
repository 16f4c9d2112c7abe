"""`/healthz`: the process answers. `/readyz`: it can do its work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import Blueprint

from bot.store.ailments import Ailments
from bot.store.database import is_migrated
from bot.web.resources import Resources, resources

SOON = timedelta(days=14)
"""So long before a token ends it is told, for tokens are renewed by people."""

_DATABASE = frozenset({"no_database", "not_migrated"})

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show_health() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
def show_readiness() -> tuple[dict[str, object], int]:
    """503 where nothing can be done. What troubles one repository, or will trouble us, only warns."""
    reasons, warnings = find_obstacles(resources()), list[dict[str, str]]()
    if not _DATABASE & {one["code"] for one in reasons}:
        now = datetime.now(UTC)
        for forge, one in Ailments(resources().engine).all():
            told = _obstacle(one.code, f"{forge}: {one.words}")
            if one.is_fatal and one.at <= now:
                reasons.append(told)
            elif one.at <= now + SOON:
                warnings.append(told)
    answer: dict[str, object] = {"status": "not ready" if reasons else "ready"}
    told_more = {"reasons": reasons, "warnings": warnings}
    return answer | {name: those for name, those in told_more.items() if those}, 503 if reasons else 200


def find_obstacles(held: Resources) -> list[dict[str, str]]:
    """Why webhooks could not be taken or answered, each with a code for programs and words for people."""
    reasons = []
    if not held.settings.has_forge:
        reasons.append(_obstacle("not_configured", "no forge is configured; .env.example says how"))
    for intake in held.intakes.values():
        if intake.flaw:
            reasons.append(_obstacle("wrong_credentials", intake.flaw))
    try:
        if not is_migrated(held.engine):
            reasons.append(_obstacle("not_migrated", "the database lacks tables of this version"))
    except sa.exc.SQLAlchemyError as reason:
        reasons.append(_obstacle("no_database", f"the database cannot be asked: {type(reason).__name__}"))
    return reasons


def _obstacle(code: str, words: str) -> dict[str, str]:
    return {"code": code, "message": words}
