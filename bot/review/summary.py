"""The one text that tells all: what is new, fixed, known and ignored, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from analyzers.finding import Finding, Report, Severity, Status
from bot.forges.base import Annotation, Conclusion, Summary
from bot.review.budget import Block, fit
from bot.review.limits import companions
from bot.review.links import Links
from bot.review.markdown import cell, code, plain, prose, sentence
from bot.review.threads import Plan
from bot.review.verdict import Digest, conclude, count, title
from bot.review.wording import WORDS

MAX_BODY = 65_000
"""Bytes; GitHub takes 65,535 characters."""


def summarise(digest: Digest) -> Summary:
    """The summary of a review that came to its end.

    Annotated is what has no conversation of its own, so nothing is said twice beside the diff.
    """
    return Summary(
        conclusion=conclude(digest),
        title=title(digest.report),
        body=fit(_blocks(digest), _footer(digest), MAX_BODY),
        annotations=tuple(_annotation(entry.finding) for entry in digest.plan.held_back),
        details_url=digest.links.public_url,
        problems=len(digest.new),
    )


def apologise(reference: str) -> Summary:
    """The summary of a review that broke: no success, no silence, and nobody's merge is blocked by it."""
    body = f"Shipworthy could not finish (reference {code(reference)}). "
    body += "This does not block the merge. `/recheck` tries again."
    return Summary(Conclusion.NEUTRAL, "The review could not finish", body)


def _blocks(digest: Digest) -> Iterator[Block]:
    report = digest.report
    if report.findings or report.fixed:
        yield _table(report)
    yield Block(_checked(digest))
    if digest.change.files_left_out:
        left_out = count(digest.change.files_left_out, "file")
        yield Block(f"The forge did not list {left_out} of this change: they were not reviewed.")
    if digest.new:
        yield _new(digest)
    yield from _notes(digest)
    yield from _folded("Fixed by this change", report.fixed, _fixed_row, digest.links)
    yield from _known(digest)
    yield from _folded("Ignored", report.of(Status.IGNORED), _ignored_row, digest.links)


def _table(report: Report) -> Block:
    columns = (report.of(Status.INTRODUCED), report.fixed, report.of(Status.KNOWN), report.of(Status.IGNORED))
    rows = [
        f"| **{WORDS[severity]}** | "
        + " | ".join(str(sum(finding.severity is severity for finding in column)) for column in columns)
        + " |"
        for severity in Severity
    ]
    return Block("\n".join(["| | New | Fixed | Known | Ignored |", "| :- | -: | -: | -: | -: |", *rows]))


def _checked(digest: Digest) -> str:
    change, report = digest.change, digest.report
    if not report.files:
        return "No Dockerfile, CI configuration, go.mod, manifest or Go source was there to check."
    against = f"{code(change.base_branch)} ({code(change.base[:7])})"
    checked = f"Checked {count(report.files, 'file')} at {code(change.head[:7])} against {against}"
    return f"{checked} in {report.seconds:.1f} s." + ("" if report.findings else " No problems found.")


def _new(digest: Digest) -> Block:
    heading = "### New in this change\n\n| Severity | Where | Problem |\n| :- | :- | :- |"
    standing = dict(_standing(digest.plan))
    rows = [_new_row(finding, standing.get(finding.fingerprint, ""), digest.links) for finding in digest.new]
    return Block(heading, rows, more="| | | … and {count} more |")


def _new_row(finding: Finding, standing: str, links: Links) -> str:
    said = [sentence(finding.message), links.rule(finding.rule), standing]
    problem = " · ".join(part for part in said if part)
    return f"| **{WORDS[finding.severity]}** | {cell(links.short_place(finding.at))} | {cell(problem)} |"


def _standing(plan: Plan) -> Iterator[tuple[str, str]]:
    """What became of each finding's conversation, where it has one."""
    for entry in plan.keep:
        yield entry.finding.fingerprint, "commented earlier"
    for entry in plan.dismissed:
        yield entry.finding.fingerprint, "conversation resolved, problem still there"
    for entry in plan.open:
        yield entry.finding.fingerprint, "commented"
        for other in companions(entry, plan):
            yield other.finding.fingerprint, "listed in a comment"


def _notes(digest: Digest) -> Iterator[Block]:
    failures = [note for note in digest.report.notes if note.is_failure]
    remarks = [note for note in digest.report.notes if not note.is_failure]
    for heading, notes in (("Not analysed", failures), ("Remarks", remarks)):
        if notes:
            rows = [_note_row(note.path, note.line, note.reason) for note in notes]
            yield Block(f"### {heading}\n", rows)


def _note_row(path: str, line: int | None, reason: str) -> str:
    where = f"{path}:{line}" if line else path
    return f"- {code(where)}: {prose(reason)}" if path else f"- {prose(reason)}"


def _known(digest: Digest) -> Iterator[Block]:
    touched = {file.path for file in digest.change.files}
    known = digest.report.of(Status.KNOWN)
    here = [finding for finding in known if finding.at.path in touched]
    yield from _folded("Known problems in files of this change", here, _known_row, digest.links)
    if elsewhere := len(known) - len(here):
        yield Block(f"{count(elsewhere, 'known problem')} in other files, not counted against this change.")


def _folded(
    heading: str, findings: Iterable[Finding], row: Callable[[Finding, Links], str], links: Links
) -> Iterator[Block]:
    rows = [row(finding, links) for finding in findings]
    if rows:
        yield Block(f"<details><summary>{heading} ({len(rows)})</summary>\n", rows, "\n</details>")


def _fixed_row(finding: Finding, links: Links) -> str:
    return f"- {links.rule(finding.rule)} in {code(finding.at.path)}"


def _known_row(finding: Finding, links: Links) -> str:
    return f"- **{WORDS[finding.severity]}** {links.short_place(finding.at)} {sentence(finding.message)}"


def _ignored_row(finding: Finding, links: Links) -> str:
    return f"- {links.short_place(finding.at)} {links.rule(finding.rule)}: {prose(finding.reason)}"


def _annotation(finding: Finding) -> Annotation:
    span = finding.at.span
    return Annotation(
        path=finding.at.path,
        start_line=span.line,
        end_line=span.end_line,
        severity=finding.severity,
        title=f"{finding.rule}: {plain(finding.message)}"[:255],
        message=" ".join(part for part in (plain(finding.why), plain(finding.advice)) if part),
    )


def _footer(digest: Digest) -> str:
    command = f"shipworthy check --diff origin/{digest.change.base_branch}"
    return f"---\nRun it yourself: {code(command)} · `/recheck` runs this again"
