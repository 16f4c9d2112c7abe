"""What people said no to, on one change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.store.tables import dismissals


class Kind(StrEnum):
    """How they said it."""

    RESOLVED = "resolved"
    DELETED = "deleted"
    IGNORED = "ignored"
    FALSE_POSITIVE = "false-positive"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """`lines` is a digest of the flagged lines: the dismissal ends when they change. Empty means never."""

    fingerprint: str
    kind: Kind
    rule: str
    lines: str = ""
    reason: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Dismissals:
    """The dismissals of all changes."""

    engine: sa.Engine

    def of(self, change_key: str) -> Mapping[str, Dismissal]:
        """Those on a change, by fingerprint."""
        query = sa.select(dismissals).where(dismissals.c.change_key == change_key)
        with self.engine.connect() as connection:
            found = map(_dismissal, connection.execute(query).mappings())
            return {one.fingerprint: one for one in found}

    def add(self, change_key: str, dismissal: Dismissal) -> None:
        """Store one, in place of an earlier one of the same finding."""
        row = {
            "change_key": change_key,
            "fingerprint": dismissal.fingerprint,
            "kind": dismissal.kind.value,
            "rule": dismissal.rule,
            "lines": dismissal.lines,
            "reason": dismissal.reason,
            "actor": dismissal.actor,
            "dismissed_at": datetime.now(UTC),
        }
        with self.engine.begin() as connection:
            connection.execute(_rows(change_key, dismissal.fingerprint))
            connection.execute(dismissals.insert().values(row))

    def remove(self, change_key: str, fingerprint: str) -> bool:
        """Forget one; whether there was one."""
        with self.engine.begin() as connection:
            return connection.execute(_rows(change_key, fingerprint)).rowcount > 0


def _rows(change_key: str, fingerprint: str) -> sa.Delete:
    return dismissals.delete().where(
        dismissals.c.change_key == change_key, dismissals.c.fingerprint == fingerprint
    )


def _dismissal(row: sa.RowMapping) -> Dismissal:
    return Dismissal(
        fingerprint=row["fingerprint"],
        kind=Kind(row["kind"]),
        rule=row["rule"],
        lines=row["lines"],
        reason=row["reason"],
        actor=row["actor"],
    )
