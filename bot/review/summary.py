"""The one text that tells all: what is new, fixed, known and ignored, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Finding, Report, Severity, Status
from bot.forges.base import Conclusion, Summary
from bot.review.annotations import annotate
from bot.review.budget import Block, fit
from bot.review.buttons import offer
from bot.review.fates import Fate, find_fates, tally
from bot.review.links import Links
from bot.review.markdown import cell, code, plain, sentence
from bot.review.sections import lower_blocks
from bot.review.verdict import Digest, conclude, count, is_old_news, title
from bot.review.wording import WORDS

MAX_BODY = 65_000
"""Bytes; GitHub takes 65,535 characters."""


def summarise(digest: Digest) -> Summary:
    """The summary of a review that came to its end."""
    return Summary(
        conclusion=conclude(digest),
        title=title(digest),
        body=fit(_blocks(digest), _footer(digest), MAX_BODY),
        annotations=annotate(digest),
        details_url=digest.links.review,
        buttons=offer(is_new=bool(digest.new)),
        problems=len(digest.new),
        ignored=len(digest.report.of(Status.IGNORED)),
        is_old_news=is_old_news(digest),
    )


def skip(reason: str) -> Summary:
    """The summary of a change that is not reviewed. `reason` names what the settings want left alone."""
    body = (
        f"Not reviewed, as the settings want it: {code(reason)}. `/recheck` looks again once that is changed."
    )
    return Summary(Conclusion.SKIPPED, f"Skipped: {plain(reason)}", body, buttons=offer(is_new=False))


def apologise(reference: str, *, has_failed: bool = False) -> Summary:
    """The summary of a review that broke: no success, no silence, and nobody's merge is blocked by it.

    A check that had failed on the same head stays so: to break is no way to pass.
    """
    body = f"Shipworthy could not finish (reference {code(reference)}). "
    body += "The check had failed before." if has_failed else "This does not block the merge."
    conclusion = Conclusion.FAILURE if has_failed else Conclusion.NEUTRAL
    body += " `/recheck` tries again."
    return Summary(conclusion, "The review could not finish", body, buttons=offer(is_new=False))


def _blocks(digest: Digest) -> Iterator[Block]:
    if _has_news(digest):
        yield _table(digest.report)
    for told in (_first_look(digest), _checked(digest), _left_out(digest), _tally(digest)):
        if told:
            yield Block(told)
    if digest.new:
        yield _new(digest)
    yield from lower_blocks(digest)


def _has_news(digest: Digest) -> bool:
    """What is known and nothing else is told in one line."""
    report = digest.report
    return bool(digest.new or report.fixed or report.of(Status.IGNORED) or digest.is_first_look)


def _table(report: Report) -> Block:
    columns = (report.of(Status.INTRODUCED), report.fixed, report.of(Status.KNOWN), report.of(Status.IGNORED))
    rows = [
        f"| **{WORDS[severity]}** | "
        + " | ".join(str(sum(finding.severity is severity for finding in column)) for column in columns)
        + " |"
        for severity in Severity
    ]
    return Block("\n".join(["| | New | Fixed | Known | Ignored |", "| :- | -: | -: | -: | -: |", *rows]))


def _first_look(digest: Digest) -> str:
    if not digest.is_first_look:
        return ""
    known = count(digest.baseline, "known problem")
    told = f"First look: {known} recorded as baseline. From now on only new ones are reported."
    return f"{told} [See them]({digest.links.review}#findings)"


def _checked(digest: Digest) -> str:
    change, report = digest.change, digest.report
    if not digest.is_relevant:
        return "This change touches no Dockerfile, CI configuration, go.mod, manifest or Go source."
    related = f" and {count(report.related_files, 'related file')}" if report.related_files else ""
    against = f"{code(change.base_branch)} ({code(change.base[:7])})"
    checked = f"Checked {count(report.changed_files, 'changed file')}{related} at {code(change.head[:7])}"
    clean = "" if report.findings else " No problems found."
    return f"{checked} against {against} in {report.seconds:.1f} s.{clean}"


def _left_out(digest: Digest) -> str:
    if not digest.change.files_left_out:
        return ""
    left_out = count(digest.change.files_left_out, "file")
    return f"The forge did not list {left_out} of this change: they were not reviewed."


def _tally(digest: Digest) -> str:
    """Where everything new is to be found; nothing where it all stands in comments."""
    counted = tally(digest.plan, digest.change.abilities)
    told = ""
    if counted.keys() - {"commented"}:
        parts = ", ".join(f"{number} {words}" for words, number in counted.items())
        told = f"{count(sum(counted.values()), 'new problem')}: {parts}."
    is_wanted = digest.is_paused or digest.plan.held_back
    return " ".join(part for part in (told, digest.quiet_reason if is_wanted else "") if part)


def _new(digest: Digest) -> Block:
    heading = "### New in this change\n\n| Severity | Where | Problem |\n| :- | :- | :- |"
    fates = find_fates(digest.plan, digest.change.abilities)
    rows = [_new_row(finding, fates.get(finding.fingerprint), digest.links) for finding in digest.new]
    return Block(heading, rows, more=f"| | | … and {{count}} more: [all of them]({digest.links.review}) |")


def _new_row(finding: Finding, fate: Fate | None, links: Links) -> str:
    told = fate if fate and fate is not Fate.LISTED else ""
    said = [sentence(finding.message).rstrip("."), links.rule(finding.rule), told]
    problem = " · ".join(part for part in said if part)
    return f"| **{WORDS[finding.severity]}** | {cell(links.short_place(finding.at))} | {cell(problem)} |"


def _footer(digest: Digest) -> str:
    links = digest.links
    command = f"shipworthy check --diff origin/{digest.change.base_branch}"
    known = len(digest.report.of(Status.KNOWN))
    listed = f"all {known} known problems" if known > 1 else "the known problem"
    said = [
        f"Run it yourself: {code(command)}",
        f"[{listed}]({links.review}#findings)" if known else "",
        f"[settings used]({links.review}#settings)",
        "`/recheck` runs this again",
    ]
    return "---\n" + " · ".join(part for part in said if part)
