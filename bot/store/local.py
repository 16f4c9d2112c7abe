"""The conversations and summaries of changes that no forge keeps for us: those of repositories on disk."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from analyzers.finding import Severity
from bot.forges.base import Annotation, Conclusion, NewThread, Summary
from bot.store.paths import storable
from bot.store.tables import local_summaries, local_threads


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as it was opened: its lines are those of the commit `head`."""

    id: str
    path: str
    line: int | None
    start_line: int | None
    body: str
    fingerprint: str
    rule: str
    head: str
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conversations:
    """Threads and summaries by the change's key."""

    engine: sa.Engine

    def of(self, change_key: str) -> tuple[Conversation, ...]:
        """The threads of a change in the order they were opened."""
        columns = [local_threads.c[name] for name in Conversation.__dataclass_fields__]
        query = sa.select(*columns).where(local_threads.c.change_key == change_key)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(local_threads.c.created_at)).all()
        return tuple(Conversation(*row) for row in rows)

    def open(self, change_key: str, head: str, threads: Sequence[tuple[NewThread, str]]) -> None:
        """Open threads, each given with its rule; all or none."""
        now = datetime.now(UTC)
        rows = [
            {
                "id": uuid.uuid4().hex,
                "change_key": change_key,
                "path": storable(thread.path),
                "line": thread.line,
                "start_line": thread.start_line,
                "body": thread.body,
                "fingerprint": thread.fingerprint,
                "rule": rule,
                "head": head,
                "created_at": now,
            }
            for thread, rule in threads
        ]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(local_threads.insert(), rows)

    def close(self, ids: Collection[str]) -> None:
        change = local_threads.update().where(
            local_threads.c.id.in_(ids), local_threads.c.resolved_at.is_(None)
        )
        with self.engine.begin() as connection:
            connection.execute(change.values(resolved_at=datetime.now(UTC)))

    def publish(self, change_key: str, head: str, summary: Summary) -> None:
        """Store the summary of a head, in place of an earlier one."""
        place = (local_summaries.c.change_key == change_key, local_summaries.c.head == head)
        row = {
            "change_key": change_key,
            "head": head,
            "conclusion": summary.conclusion.value,
            "title": summary.title,
            "body": summary.body,
            "annotations": [_encode(annotation) for annotation in summary.annotations],
            "updated_at": datetime.now(UTC),
        }
        with self.engine.begin() as connection:
            connection.execute(local_summaries.delete().where(*place))
            connection.execute(local_summaries.insert().values(row))

    def summary(self, change_key: str, head: str = "") -> tuple[str, Summary] | None:
        """The newest summary of a change with the head it is about; with `head`, the one of that commit."""
        query = sa.select(local_summaries).where(local_summaries.c.change_key == change_key)
        if head:
            query = query.where(local_summaries.c.head == head)
        with self.engine.connect() as connection:
            row = connection.execute(query.order_by(local_summaries.c.updated_at.desc())).mappings().first()
        return (row["head"], _summary(row)) if row else None

    def changes(self, limit: int = 100) -> tuple[tuple[str, Summary], ...]:
        """The changes last spoken of, by key, each with its newest summary."""
        newest = sa.select(local_summaries).order_by(local_summaries.c.updated_at.desc()).limit(limit * 20)
        found: dict[str, Summary] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(newest).mappings():
                found.setdefault(row["change_key"], _summary(row))
        return tuple(found.items())[:limit]


def _encode(annotation: Annotation) -> dict[str, object]:
    return {
        "path": storable(annotation.path),
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "severity": annotation.severity.value,
        "title": annotation.title,
        "message": annotation.message,
    }


def _summary(row: sa.RowMapping) -> Summary:
    annotations = tuple(
        Annotation(**{**one, "severity": Severity(one["severity"])}) for one in row["annotations"]
    )
    return Summary(Conclusion(row["conclusion"]), row["title"], row["body"], annotations)
