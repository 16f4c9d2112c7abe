"""What readers thought of our comments, counted by finding and rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.store.tables import feedback


class Sign(StrEnum):
    """How they said it."""

    UP = "up"
    DOWN = "down"
    FALSE_POSITIVE = "false-positive"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Opinion:
    """So many readers said so of one finding."""

    fingerprint: str
    rule: str
    sign: Sign
    count: int = 1


@dataclass(frozen=True, slots=True)
class Feedback:
    """The opinions on all changes."""

    engine: sa.Engine

    def of(self, change_key: str) -> frozenset[Opinion]:
        """Those on the comments of a change."""
        query = sa.select(feedback).where(feedback.c.change_key == change_key)
        with self.engine.connect() as connection:
            return frozenset(map(_opinion, connection.execute(query).mappings()))

    def put(self, change_key: str, opinions: Iterable[Opinion]) -> None:
        """Store them, each in place of an earlier one of the same finding and sign; 0 takes it back."""
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            for opinion in opinions:
                connection.execute(_earlier(change_key, opinion))
                if opinion.count:
                    row = {
                        "change_key": change_key,
                        "fingerprint": opinion.fingerprint,
                        "kind": opinion.sign.value,
                        "rule": opinion.rule,
                        "count": opinion.count,
                        "given_at": now,
                    }
                    connection.execute(feedback.insert().values(row))


def _earlier(change_key: str, opinion: Opinion) -> sa.Delete:
    return feedback.delete().where(
        feedback.c.change_key == change_key,
        feedback.c.fingerprint == opinion.fingerprint,
        feedback.c.kind == opinion.sign.value,
    )


def _opinion(row: sa.RowMapping) -> Opinion:
    return Opinion(row["fingerprint"], row["rule"], Sign(row["kind"]), row["count"])
