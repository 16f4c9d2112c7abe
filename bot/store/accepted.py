"""The baseline of a repository: what people accepted as known, on all its changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.forges.base import ChangeRef
from bot.store.tables import accepted


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding accepted as known, with the words of who did it."""

    fingerprint: str
    rule: str
    path: str
    actor: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The baselines of all repositories. A change names its repository, and is where it was said."""

    engine: sa.Engine

    def of(self, change: ChangeRef) -> Mapping[str, Acceptance]:
        """Those of the change's repository, by fingerprint."""
        query = sa.select(accepted).where(*_repository(change))
        with self.engine.connect() as connection:
            found = map(_acceptance, connection.execute(query).mappings())
            return {one.fingerprint: one for one in found}

    def add(self, change: ChangeRef, acceptances: Collection[Acceptance]) -> None:
        """Store them, each in place of an earlier one of the same finding; all or none."""
        now = datetime.now(UTC)
        rows = [_row(change, one, now) for one in acceptances]
        with self.engine.begin() as connection:
            _forget(connection, change, [one.fingerprint for one in acceptances])
            if rows:
                connection.execute(accepted.insert(), rows)

    def remove(self, change: ChangeRef, fingerprints: Collection[str]) -> None:
        """Forget them, wherever they were said."""
        with self.engine.begin() as connection:
            _forget(connection, change, fingerprints)


def _forget(connection: sa.Connection, change: ChangeRef, fingerprints: Collection[str]) -> None:
    connection.execute(
        accepted.delete().where(*_repository(change), accepted.c.fingerprint.in_(fingerprints))
    )


def _repository(change: ChangeRef) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return accepted.c.forge == change.forge, accepted.c.repository == change.repository


def _row(change: ChangeRef, acceptance: Acceptance, now: datetime) -> dict[str, object]:
    return {
        "forge": change.forge,
        "repository": change.repository,
        "fingerprint": acceptance.fingerprint,
        "rule": acceptance.rule,
        "path": acceptance.path,
        "reason": acceptance.reason,
        "actor": acceptance.actor,
        "change_key": change.key,
        "accepted_at": now,
    }


def _acceptance(row: sa.RowMapping) -> Acceptance:
    return Acceptance(
        fingerprint=row["fingerprint"],
        rule=row["rule"],
        path=row["path"],
        actor=row["actor"],
        reason=row["reason"],
    )
