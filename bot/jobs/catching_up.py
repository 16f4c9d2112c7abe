"""Deliveries that never arrived: which of them the forge is asked for again, and how far back to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bot.counters import count_resent
from bot.errors import Gone, NotAllowed
from bot.forges.rounds import Missed, Rounds
from bot.store import deliveries
from bot.store.deliveries import UNANSWERED, State
from bot.store.marks import Marks
from bot.store.resent import Resent, Sent

OVERLAP = timedelta(minutes=10)
"""Lists may be out of order for a while."""

REACH = timedelta(days=3)
"""What is older the forge may have forgotten itself; the sweep over open changes does not depend on it."""

YOUNG = timedelta(minutes=1)
"""May still be on its way."""

PAUSES = (timedelta(), timedelta(minutes=10), timedelta(hours=1))
"""Before each time that one is sent again. After the last it is let go."""

MOST = 100
"""In one round, so that a long outage does not come back as a flood."""

log = structlog.stdlib.get_logger(__name__)


def resend_missed(forge: str, rounds: Rounds, engine: sa.Engine, now: datetime) -> None:
    """Have the forge send again what we missed. Raises TryLater; the next round begins where this did."""
    marks, resent, mark = Marks(engine), Resent(engine, forge), f"{forge}:deliveries"
    missed = rounds.missed(look_back(marks.read(mark), now))
    known, sent = _known(engine, missed), resent.of([one.guid for one in missed])
    lost = unsettled(missed, known, sent)
    for one in due(lost, sent, now)[:MOST]:
        resent.add(one.guid, now)
        _resend(forge, rounds, one)
    marks.move(mark, min((one.delivered_at for one in lost), default=now))


def look_back(mark: datetime | None, now: datetime) -> datetime:
    """From when on to look, given how far the last round came."""
    return max(mark - OVERLAP if mark else now - REACH, now - REACH)


def unsettled(
    missed: Iterable[Missed], known: Mapping[str, State], sent: Mapping[str, Sent]
) -> Sequence[Missed]:
    """Those that we have no answer to and have not let go. What arrived and failed may come again."""
    return [
        one
        for one in missed
        if known.get(one.guid, State.FAILED) in UNANSWERED
        and (one.guid not in sent or sent[one.guid].times < len(PAUSES))
    ]


def due(lost: Iterable[Missed], sent: Mapping[str, Sent], now: datetime) -> Sequence[Missed]:
    """Those whose turn it is."""
    return [one for one in lost if _waits_until(one, sent.get(one.guid)) <= now]


def _waits_until(missed: Missed, sent: Sent | None) -> datetime:
    return sent.at + PAUSES[sent.times] if sent else missed.delivered_at + YOUNG


def _known(engine: sa.Engine, missed: Sequence[Missed]) -> Mapping[str, State]:
    with engine.connect() as connection:
        return deliveries.states(connection, [one.guid for one in missed])


def _resend(forge: str, rounds: Rounds, missed: Missed) -> None:
    """One that the forge does not give out any more is no reason to forget the others."""
    try:
        rounds.resend(missed)
    except (Gone, NotAllowed) as reason:
        log.warning("not_sent_again", delivery_id=missed.guid, reason=str(reason))
        return
    count_resent(forge)
    log.info("sent_again", delivery_id=missed.guid, delivered_at=missed.delivered_at.isoformat())
