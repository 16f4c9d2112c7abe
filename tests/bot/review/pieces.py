"""Findings, changes and threads made by hand, with what a test does not care about filled in."""

from __future__ import annotations

from analyzers.finding import Confidence, Edit, Finding, Fix, Location, Related, Severity, Status
from analyzers.parsers.position import Span
from bot.forges.base import Abilities, Change, ChangeRef, FileDiff, Thread
from bot.review.links import Links
from bot.review.markers import marker

HEAD = "a" * 40
BASE = "b" * 40
PUBLIC_URL = "https://bot.example.com"

DOCKERFILE = "@@ -1,3 +1,3 @@\n-FROM golang:1.22\n+FROM golang:1.21\n RUN go build\n USER app"
"""Line 1 is new; lines 2 and 3 are shown around it."""


def at(path: str = "Dockerfile", line: int = 1, end_line: int = 0) -> Location:
    return Location(path, Span(line, 1, end_line or line, 10))


def finding(
    place: Location | None = None,
    rule: str = "some-rule",
    fingerprint: str = "0badc0de",
    severity: Severity = Severity.ERROR,
    message: str = "the image builds with Go `1.21`",
    why: str = "the build stops",
    advice: str = "raise the image to `1.23`",
    related: tuple[Related, ...] = (),
    edits: tuple[Edit, ...] = (),
    status: Status = Status.INTRODUCED,
    reason: str = "",
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        confidence=Confidence.HIGH,
        at=place or at(),
        message=message,
        why=why,
        advice=advice,
        fingerprint=fingerprint,
        related=related,
        fix=Fix(edits) if edits else None,
        status=status,
        reason=reason,
    )


def many(count: int, rule: str = "some-rule", severity: Severity = Severity.ERROR) -> list[Finding]:
    """Findings on lines 1, 2, … of `many.yaml`, each its own."""
    return [
        finding(at("many.yaml", line), rule, f"{line:08x}", severity, message=f"mistake {line}")
        for line in range(1, count + 1)
    ]


def many_lines(count: int) -> FileDiff:
    """A new file with as many lines."""
    rows = "\n".join(f"+line {line}" for line in range(1, count + 1))
    return FileDiff("many.yaml", "added", f"@@ -0,0 +1,{count} @@\n{rows}")


def change(
    *files: FileDiff, threads: tuple[Thread, ...] = (), suggestions: str = "github", **fields: object
) -> Change:
    about: dict[str, object] = {
        "ref": ChangeRef("github", "acme/orders", 7),
        "title": "Faster",
        "head": HEAD,
        "base": BASE,
        "base_branch": "main",
        "author": "ann",
        "is_open": True,
        "is_draft": False,
        "files": files or (FileDiff("Dockerfile", "modified", DOCKERFILE),),
        "threads": threads,
        "blob_url": f"https://forge.example.com/acme/orders/blob/{HEAD}/",
        "abilities": Abilities(suggestions=suggestions),
    }
    return Change(**(about | fields))  # type: ignore[arg-type]


def links(reviewed: Change | None = None) -> Links:
    return Links(reviewed or change(), PUBLIC_URL)


def thread(
    fingerprint: str = "0badc0de",
    path: str = "Dockerfile",
    line: int | None = 1,
    body: str = "",
    is_resolved: bool = False,
    has_replies: bool = False,
) -> Thread:
    text = (body or "**Error:** words") + "\n" + marker(fingerprint, "some-rule", HEAD)
    return Thread(
        f"T-{fingerprint}", path, line, text, fingerprint, "some-rule", HEAD, is_resolved, has_replies
    )
