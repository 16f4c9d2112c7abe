"""`/healthz`: the process answers. `/readyz`: it can do its work."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint

from bot.store.database import is_migrated
from bot.web.resources import Resources, resources

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show_health() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
def show_readiness() -> tuple[dict[str, object], int]:
    reasons = find_obstacles(resources())
    if reasons:
        return {"status": "not ready", "reasons": reasons}, 503
    return {"status": "ready"}, 200


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
