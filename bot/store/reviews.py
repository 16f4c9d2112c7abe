"""What each review said, for the next one of the same change and for whoever looks later."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from analyzers.finding import Report, Severity, Status
from bot.forges.base import Change, ChangeRef, Summary
from bot.store.stored_review import StoredReview, read_review
from bot.store.tables import reviews


@dataclass(frozen=True, slots=True)
class PastReview:
    """A review that came to its end. `seen` are the fingerprints found that nobody had decided on."""

    id: str
    head: str
    base: str
    conclusion: str
    title: str
    seen: frozenset[str]
    created_at: datetime
    rules: tuple[str, ...] = ()
    """Those of which it found something new, the worst first, each once."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a review. `fates` tells by fingerprint what became of a new finding."""

    change: Change
    report: Report
    summary: Summary
    delivery: str = ""
    fates: Mapping[str, str] = field(default_factory=dict)
    settings: Sequence[tuple[str, str, bool]] = ()
    """Those it was made with: name, value, and whether the repository's file says so."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of all changes. `engine` is the database they are kept in."""

    engine: sa.Engine

    def latest(self, change_key: str) -> PastReview | None:
        """The last finished review of a change."""
        query = sa.select(reviews).where(reviews.c.change_key == change_key, _is_whole())
        newest_first = query.order_by(reviews.c.created_at.desc()).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(newest_first).mappings().first()
        return _past(row) if row else None

    def changes_at(self, place: ChangeRef, head: str) -> tuple[ChangeRef, ...]:
        """The changes of the repository `place` whose review was of `head`, trial merges included."""
        query = sa.select(reviews.c.change_key, reviews.c.number, reviews.c.base).where(
            reviews.c.head == head,
            reviews.c.forge == place.forge,
            reviews.c.repository == place.repository,
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(reviews.c.created_at)).mappings().all()
        return tuple({row["change_key"]: _change_at(place, head, row) for row in rows}.values())

    def heads(self, change_keys: Collection[str], since: datetime) -> frozenset[tuple[str, str]]:
        """Change and head of the reviews of these changes since a moment."""
        query = sa.select(reviews.c.change_key, reviews.c.head).where(
            reviews.c.change_key.in_(change_keys), reviews.c.created_at >= since
        )
        with self.engine.connect() as connection:
            return frozenset((row.change_key, row.head) for row in connection.execute(query))

    def find(self, review_id: str) -> StoredReview | None:
        """One review, as its page shows it; None also where it is long ago and emptied."""
        with self.engine.connect() as connection:
            query = sa.select(reviews).where(reviews.c.id == review_id, _is_whole())
            row = connection.execute(query).mappings().first()
        return read_review(row) if row else None

    def name(self, change: Change, delivery: str = "") -> str:
        """The id a review is to be remembered by. Nobody can guess it: it is the only key to its page.

        The review of a delivery that was broken off keeps its id, so that a second attempt leaves no second
        review behind.
        """
        query = sa.select(reviews.c.id).where(
            reviews.c.change_key == change.ref.key,
            reviews.c.head == change.head,
            reviews.c.delivery_guid == delivery,
        )
        with self.engine.connect() as connection:
            known = connection.scalar(query) if delivery else None
        return known or uuid.uuid4().hex

    def remember(self, review_id: str, record: Record) -> None:
        """Store a review, in place of an earlier attempt at it."""
        change, report, summary = record.change, record.report, record.summary
        row = {
            "id": review_id,
            "change_key": change.ref.key,
            "forge": change.ref.forge,
            "repository": change.ref.repository,
            "number": change.ref.number,
            "head": change.head,
            "base": change.base,
            "delivery_guid": record.delivery or None,
            "conclusion": summary.conclusion.value,
            "title": summary.title,
            "summary": summary.body,
            "report": _as_json(record),
            "seconds": report.seconds,
            "created_at": datetime.now(UTC),
        }
        with self.engine.begin() as connection:
            connection.execute(reviews.delete().where(reviews.c.id == review_id))
            connection.execute(reviews.insert().values(row))


def _is_whole() -> sa.ColumnElement[bool]:
    return reviews.c.summary != ""


def _change_at(place: ChangeRef, head: str, row: sa.RowMapping) -> ChangeRef:
    change = replace(place, number=row["number"])
    trial = replace(change, base=row["base"], head=head, is_queued=True)
    return trial if row["change_key"] == trial.key else change


def _past(row: sa.RowMapping) -> PastReview:
    found = row["report"]["findings"]
    return PastReview(
        id=row["id"],
        head=row["head"],
        base=row["base"],
        conclusion=row["conclusion"],
        title=row["title"],
        seen=frozenset(one["fingerprint"] for one in found if not _is_decided(one)),
        created_at=row["created_at"],
        rules=_new_rules(found),
    )


def _is_decided(finding: Mapping[str, Any]) -> bool:
    """Ignored, or accepted as known."""
    return finding["status"] == Status.IGNORED.value or bool(finding["reason"])


def _new_rules(found: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    new = [one for one in found if one["status"] == Status.INTRODUCED.value]
    worst_first = sorted(new, key=lambda one: Severity(one["severity"]).rank)
    return tuple(dict.fromkeys(one["rule"] for one in worst_first))


def _as_json(record: Record) -> Mapping[str, Any]:
    """The report without the files' texts. Bytes of a path that are no UTF-8 are shown as a question mark."""
    report = record.report
    kept = {
        "findings": [asdict(finding) for finding in report.findings],
        "fixed": [asdict(finding) for finding in report.fixed],
        "notes": [asdict(note) for note in report.notes],
        "files": report.files,
        "title": record.change.title,
        "base_branch": record.change.base_branch,
        "blob_url": record.change.blob_url,
        "fates": dict(record.fates),
        "settings": list(record.settings),
    }
    text = json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")
    cleaned: Mapping[str, Any] = json.loads(text)
    return cleaned
