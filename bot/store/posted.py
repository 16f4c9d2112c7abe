"""The comments we opened, written down before they are posted: what a forge shows late is not posted twice,
and what it shows no more was deleted by a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.paths import storable
from bot.store.tables import posted


@dataclass(frozen=True, slots=True)
class Posting:
    """A comment of ours about a finding at `path`. `head` is the commit it was written for.

    `lines` is a digest of the lines that the finding flags, as they were when a review last saw it.
    """

    fingerprint: str
    rule: str
    path: str
    lines: str
    head: str
    posted_at: datetime
    is_landed: bool = False
    """The forge said that it took it. Until then it may be there or not."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The postings on all changes, one for a finding: of several comments, the last."""

    engine: sa.Engine

    def of(self, change_key: str) -> Mapping[str, Posting]:
        """Those on a change, by fingerprint."""
        query = sa.select(posted).where(posted.c.change_key == change_key)
        with self.engine.connect() as connection:
            found = map(_posting, connection.execute(query).mappings())
            return {one.fingerprint: one for one in found}

    def put(self, change_key: str, postings: Iterable[Posting]) -> None:
        """Store them, each in place of an earlier one of the same finding; all or none."""
        rows = [_row(change_key, one) for one in postings]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(_these(change_key, [row["fingerprint"] for row in rows]))
                connection.execute(posted.insert(), rows)

    def forget(self, change_key: str, fingerprints: Collection[str]) -> None:
        """Their matter is settled, or they never came to be."""
        if fingerprints:
            with self.engine.begin() as connection:
                connection.execute(_these(change_key, fingerprints))


def _these(change_key: str, fingerprints: Collection[str]) -> sa.Delete:
    return posted.delete().where(posted.c.change_key == change_key, posted.c.fingerprint.in_(fingerprints))


def _row(change_key: str, posting: Posting) -> dict[str, Any]:
    return {
        "change_key": change_key,
        "fingerprint": posting.fingerprint,
        "rule": posting.rule,
        "path": storable(posting.path),
        "lines": posting.lines,
        "head": posting.head,
        "is_landed": posting.is_landed,
        "posted_at": posting.posted_at,
    }


def _posting(row: sa.RowMapping) -> Posting:
    return Posting(
        fingerprint=row["fingerprint"],
        rule=row["rule"],
        path=row["path"],
        lines=row["lines"],
        head=row["head"],
        posted_at=row["posted_at"],
        is_landed=row["is_landed"],
    )
