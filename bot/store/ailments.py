"""What was wrong with our accounts on the forges when the workers last looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.forges.rounds import Ailment
from bot.store.tables import ailments


@dataclass(frozen=True, slots=True)
class Ailments:
    """Those of all forges."""

    engine: sa.Engine

    def all(self) -> Sequence[tuple[str, Ailment]]:
        """Each with its forge."""
        query = ailments.select().order_by(ailments.c.forge, ailments.c.code, ailments.c.subject)
        with self.engine.connect() as connection:
            return [(row.forge, _ailment(row)) for row in connection.execute(query)]

    def replace(self, forge: str, found: Sequence[Ailment]) -> None:
        """What is not among `found` is well again."""
        rows = [
            {
                "forge": forge,
                "code": one.code,
                "subject": one.subject[:512],
                "words": one.words,
                "at": one.at,
                "is_fatal": one.is_fatal,
            }
            for one in found
        ]
        with self.engine.begin() as connection:
            connection.execute(ailments.delete().where(ailments.c.forge == forge))
            if rows:
                connection.execute(ailments.insert(), rows)


def _ailment(row: sa.Row[tuple[object, ...]]) -> Ailment:
    return Ailment(row.code, row.subject, row.words, row.at, row.is_fatal)
