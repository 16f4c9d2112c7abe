"""One finding as the comment a person reads: what, why, what to do, where to read on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzers.finding import Finding, Severity
from bot.forges.base import NewThread
from bot.review.budget import Block, fit
from bot.review.limits import companions, is_alike
from bot.review.links import Links
from bot.review.markdown import code, prose, sentence
from bot.review.markers import marker
from bot.review.placement import OnFile, OnLine, Placed
from bot.review.suggestion import show_fix, suggest
from bot.review.threads import Plan

MAX_BODY = 8_000
"""Bytes of one comment."""
MAX_PARTNERS = 5
WORDS: Mapping[Severity, str] = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


def write_threads(
    plan: Plan, placed: Sequence[Placed], sources: Mapping[str, str], links: Links
) -> list[NewThread]:
    """The comments that the plan opens, in its order."""
    return [_thread(entry, comment(entry, plan, placed, sources, links)) for entry in plan.open]


def comment(
    entry: Placed, plan: Plan, placed: Sequence[Placed], sources: Mapping[str, str], links: Links
) -> str:
    """The body of one comment. `placed` are all findings, which may get in a suggestion's way."""
    finding = entry.finding
    others = companions(entry, plan)
    remedy = suggest(entry, placed, links.change.abilities.suggestions if links.change.is_open else "none")
    remedy = remedy or show_fix(finding.fix, sources) or sentence(finding.advice)
    blocks = [
        Block(headline(finding) + _share(entry, others, placed)),
        Block(_cause(entry, links)),
        Block(sentence(finding.why)),
        Block(_see_also(entry, links)),
        Block(remedy),
    ]
    if others:
        blocks.append(_elsewhere(others, links))
    tail = f"{_footer(entry, links)}\n{marker(finding.fingerprint, finding.rule, links.change.head)}"
    return fit(blocks, tail, MAX_BODY)


def headline(finding: Finding) -> str:
    """The severity as a word, then the fact."""
    return f"**{WORDS[finding.severity]}:** {sentence(finding.message)}"


def how_to_ignore(finding: Finding) -> str:
    """The comment that silences a finding, in the syntax of its file."""
    start = "//shipworthy:" if finding.at.path.endswith((".go", "go.mod", "go.work")) else "# shipworthy: "
    return f"{start}ignore[{finding.rule}] reason"


def _thread(entry: Placed, body: str) -> NewThread:
    fingerprint, spot = entry.finding.fingerprint, entry.spot
    if isinstance(spot, OnLine):
        start = spot.start if spot.start < spot.line else None
        return NewThread(spot.path, spot.line, start, body, fingerprint)
    path = spot.path if isinstance(spot, OnFile) else entry.at.path
    return NewThread(path, None, None, body, fingerprint)


def _share(entry: Placed, others: Sequence[Placed], placed: Sequence[Placed]) -> str:
    if not others:
        return ""
    total = sum(is_alike(other, entry) for other in placed)
    return f" ({total - len(others)} of {total} places)"


def _cause(entry: Placed, links: Links) -> str:
    """What the reader of a comment beside the mistake must be told: where it is."""
    if not entry.is_cause:
        return ""
    return f"What changed here seems to be the cause; it shows at {links.place(entry.finding.at)}."


def _see_also(entry: Placed, links: Links) -> str:
    """The finding's other places: those the comment does not stand on."""
    partners = [
        links.place(partner.at) + (f" ({prose(partner.message)})" if partner.message else "")
        for partner in entry.finding.related
        if partner.at != entry.at
    ]
    if not entry.is_cause and (entry.at != entry.finding.at or not isinstance(entry.spot, OnLine)):
        partners.insert(0, links.place(entry.finding.at))
    return f"See also: {', '.join(partners[:MAX_PARTNERS])}" if partners else ""


def _elsewhere(others: Sequence[Placed], links: Links) -> Block:
    noun = "place" if len(others) == 1 else "places"
    return Block(
        f"<details><summary>{len(others)} more {noun} with the same problem</summary>\n",
        [links.listed(other.finding) for other in others],
        "\n</details>",
    )


def _footer(entry: Placed, links: Links) -> str:
    finding = entry.finding
    comment = code(how_to_ignore(finding))
    wrong = f"wrong? react 👎 or reply {code('/shipworthy false-positive reason')}"
    return f"<sub>{links.rule(finding.rule)} · ignore with {comment} above {_its_line(entry)} · {wrong}</sub>"


def _its_line(entry: Placed) -> str:
    """The finding's line: what silences it must stand there, wherever the comment stands."""
    own, here = entry.finding.at, entry.at
    if isinstance(entry.spot, OnLine) and (own.path, own.line) == (here.path, here.line):
        return "the line"
    return f"line {own.line}" + ("" if own.path == here.path else f" of {code(own.path)}")
