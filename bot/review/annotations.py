"""What the check run shows beside the diff: everything that has no conversation of its own."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Finding, Note, Severity
from bot.forges.base import Annotation
from bot.review.markdown import plain, plain_sentence
from bot.review.verdict import Digest

MAX_TITLE = 255


def annotate(digest: Digest) -> tuple[Annotation, ...]:
    """The settings that the change breaks, then the findings that nothing beside the diff says yet."""
    return tuple(_annotations(digest)) if digest.change.abilities.annotations else ()


def _annotations(digest: Digest) -> Iterator[Annotation]:
    for note in digest.configuration.new_flaws:
        yield _of_flaw(note)
    for entry in digest.plan.held_back:
        yield _of_finding(entry.finding)


def _of_finding(finding: Finding) -> Annotation:
    span = finding.at.span
    return Annotation(
        path=finding.at.path,
        start_line=span.line,
        end_line=span.end_line,
        severity=finding.severity,
        title=f"{finding.rule}: {plain(finding.message)}"[:MAX_TITLE],
        message=" ".join(map(plain_sentence, filter(None, (finding.why, finding.advice)))),
    )


def _of_flaw(note: Note) -> Annotation:
    line = note.line or 1
    reason = plain(note.reason)
    return Annotation(note.path, line, line, Severity.ERROR, f"Settings: {reason}"[:MAX_TITLE], reason)
