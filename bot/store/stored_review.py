"""A review read back from the store, as far as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from analyzers.finding import Severity, Status
from bot.forges.base import permalink


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """`fate` is what became of it: a comment, an entry, or the reason it is ignored."""

    rule: str
    severity: str
    status: str
    path: str
    line: int
    address: str
    """Of the line as it was reviewed; empty where the forge's address was not kept."""
    message: str
    fate: str


@dataclass(frozen=True, slots=True)
class StoredNote:
    """Something that could not be done. `path` is empty for the whole run."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class StoredReview:
    """Findings are in the order of the table: what is new and worst first. `settings` as in `Record`."""

    id: str
    forge: str
    repository: str
    number: int
    change_title: str
    head: str
    base: str
    base_branch: str
    conclusion: str
    title: str
    summary: str
    seconds: float
    created_at: datetime
    findings: tuple[StoredFinding, ...]
    notes: tuple[StoredNote, ...]
    settings: tuple[tuple[str, str, bool], ...]


def read_review(row: sa.RowMapping) -> StoredReview:
    """A row of the table `reviews`. Rows of older versions lack a few of the report's entries."""
    report = row["report"]
    blob_url, fates = report.get("blob_url", ""), report.get("fates", {})
    findings = [_finding(one, blob_url, fates) for one in report["findings"]]
    plain = ("id", "forge", "repository", "number", "head", "base", "conclusion", "title", "summary")
    return StoredReview(
        **{name: row[name] for name in (*plain, "seconds", "created_at")},
        change_title=report.get("title", ""),
        base_branch=report.get("base_branch", ""),
        findings=tuple(sorted(findings, key=_rank)),
        notes=tuple(StoredNote(one["path"], one["line"], one["reason"]) for one in report["notes"]),
        settings=tuple((name, value, bool(is_said)) for name, value, is_said in report.get("settings", ())),
    )


def _finding(found: Mapping[str, Any], blob_url: str, fates: Mapping[str, str]) -> StoredFinding:
    path, line = found["at"]["path"], found["at"]["span"]["line"]
    return StoredFinding(
        rule=found["rule"],
        severity=found["severity"],
        status=found["status"],
        path=path,
        line=line,
        address=permalink(blob_url, path, line) if blob_url else "",
        message=found["message"],
        fate=fates.get(found["fingerprint"], found["reason"]),
    )


def _rank(found: StoredFinding) -> tuple[int, int]:
    return list(Status).index(Status(found.status)), Severity(found.severity).rank
