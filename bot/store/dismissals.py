"""What people said no to, on one change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.store.tables import dismissals, feedback


class Kind(StrEnum):
    """How they said it."""

    RESOLVED = "resolved"
    DELETED = "deleted"
    IGNORED = "ignored"
    FALSE_POSITIVE = "false-positive"


IN_WORDS = frozenset({Kind.IGNORED, Kind.FALSE_POSITIVE})
"""Said with a reason: it counts in the summary, and nothing without words takes its place."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """`lines` is a digest of the flagged lines: the dismissal ends when they change. Empty means never."""

    fingerprint: str
    kind: Kind
    rule: str
    lines: str = ""
    reason: str = ""
    actor: str = ""
    thread: str = ""
    """The conversation it was about, as `Thread.root` calls it."""


@dataclass(frozen=True, slots=True)
class Dismissals:
    """The dismissals of all changes. Those in words are readers' feedback at the same time."""

    engine: sa.Engine

    def of(self, change_key: str) -> Mapping[str, Dismissal]:
        """Those on a change, by fingerprint."""
        query = sa.select(dismissals).where(dismissals.c.change_key == change_key)
        with self.engine.connect() as connection:
            found = map(_dismissal, connection.execute(query).mappings())
            return {one.fingerprint: one for one in found}

    def add(self, change_key: str, dismissal: Dismissal) -> None:
        """Store one, in place of an earlier one of the same finding unless that had more to say."""
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            if dismissal.kind not in IN_WORDS and _has_words(connection, change_key, dismissal.fingerprint):
                return
            _forget(connection, change_key, dismissal.fingerprint)
            connection.execute(dismissals.insert().values(_row(change_key, dismissal, now)))
            if dismissal.kind in IN_WORDS:
                connection.execute(feedback.insert().values(_opinion(change_key, dismissal, now)))

    def hear(self, change_key: str, dismissal: Dismissal) -> None:
        """Keep it as feedback alone: the finding stays."""
        with self.engine.begin() as connection:
            connection.execute(_opinions(change_key, dismissal.fingerprint))
            connection.execute(feedback.insert().values(_opinion(change_key, dismissal, datetime.now(UTC))))

    def remove(self, change_key: str, fingerprint: str) -> bool:
        """Forget one, and the feedback that it was; whether there was one."""
        with self.engine.begin() as connection:
            return _forget(connection, change_key, fingerprint)


def _has_words(connection: sa.Connection, change_key: str, fingerprint: str) -> bool:
    kind = sa.select(dismissals.c.kind).where(
        dismissals.c.change_key == change_key, dismissals.c.fingerprint == fingerprint
    )
    return connection.execute(kind).scalar_one_or_none() in IN_WORDS


def _forget(connection: sa.Connection, change_key: str, fingerprint: str) -> bool:
    connection.execute(_opinions(change_key, fingerprint))
    rows = dismissals.delete().where(
        dismissals.c.change_key == change_key, dismissals.c.fingerprint == fingerprint
    )
    return connection.execute(rows).rowcount > 0


def _opinions(change_key: str, fingerprint: str) -> sa.Delete:
    return feedback.delete().where(
        feedback.c.change_key == change_key,
        feedback.c.fingerprint == fingerprint,
        feedback.c.kind.in_([kind.value for kind in IN_WORDS]),
    )


def _row(change_key: str, dismissal: Dismissal, now: datetime) -> dict[str, object]:
    return {
        "change_key": change_key,
        "fingerprint": dismissal.fingerprint,
        "kind": dismissal.kind.value,
        "rule": dismissal.rule,
        "lines": dismissal.lines,
        "reason": dismissal.reason,
        "actor": dismissal.actor,
        "thread": dismissal.thread,
        "dismissed_at": now,
    }


def _opinion(change_key: str, dismissal: Dismissal, now: datetime) -> dict[str, object]:
    return {
        "change_key": change_key,
        "fingerprint": dismissal.fingerprint,
        "kind": dismissal.kind.value,
        "rule": dismissal.rule,
        "count": 1,
        "given_at": now,
    }


def _dismissal(row: sa.RowMapping) -> Dismissal:
    return Dismissal(
        fingerprint=row["fingerprint"],
        kind=Kind(row["kind"]),
        rule=row["rule"],
        lines=row["lines"],
        reason=row["reason"],
        actor=row["actor"],
        thread=row["thread"],
    )
