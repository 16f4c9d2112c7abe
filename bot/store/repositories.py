"""The repositories we have reviewed, and what we found there when we first looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.forges.base import Change
from bot.store.tables import repositories


@dataclass(frozen=True, slots=True)
class Repositories:
    """Each is known from its first review on."""

    engine: sa.Engine

    def record_baseline(self, change: Change, known: int) -> int:
        """How many problems the repository had when we first looked, if that was for this change; else 0.

        `known` is their number now, which counts for the first review alone. The change that brought us
        there gets the same answer each time, also after a crash; no other change ever gets it.
        """
        recorded, change_key = self._read(change) or self._add(change, known)
        return recorded if change_key == change.ref.key else 0

    def _read(self, change: Change) -> tuple[int, str] | None:
        query = sa.select(repositories.c.known, repositories.c.change_key).where(
            repositories.c.forge == change.ref.forge, repositories.c.repository == change.ref.repository
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.known, row.change_key) if row else None

    def _add(self, change: Change, known: int) -> tuple[int, str]:
        row = {
            "forge": change.ref.forge,
            "repository": change.ref.repository,
            "installation": change.ref.installation,
            "known": known,
            "change_key": change.ref.key,
            "first_seen_at": datetime.now(UTC),
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(repositories.insert().values(row))
        except IntegrityError:
            pass  # Another change of the repository was first, by a moment.
        found = self._read(change)
        assert found
        return found
