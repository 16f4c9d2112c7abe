"""What is wrong with our accounts on the forges, looked up from time to time and kept for `/readyz`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import structlog

from bot.forges.rounds import Rounds
from bot.store.ailments import Ailments

log = structlog.stdlib.get_logger(__name__)


def note_ailments(forge: str, rounds: Rounds, engine: sa.Engine, now: datetime) -> None:
    """Replace what was known of a forge by what it tells now. Raises TryLater; then the old word stands."""
    found = rounds.ailments(now)
    for one in found:
        log.warning("ailment", forge=forge, code=one.code, reason=one.words, at=one.at.isoformat())
    Ailments(engine).replace(forge, found)
