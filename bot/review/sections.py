"""The lists below the new problems: the settings, what was not analysed, what is fixed, known and ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from analyzers.config import CONFIG_PATH
from analyzers.finding import Finding, Note, Status
from bot.review.budget import Block
from bot.review.configuration import Preview
from bot.review.links import Links
from bot.review.markdown import code, prose, sentence
from bot.review.verdict import Digest, count
from bot.review.wording import WORDS


def lower_blocks(digest: Digest) -> Iterator[Block]:
    """In the order of the page."""
    report, links = digest.report, digest.links
    yield from _settings(digest)
    yield from _notes(digest)
    yield from _folded("Fixed by this change", report.fixed, _fixed_row, links)
    yield from _known(digest)
    yield from _folded("Ignored", report.of(Status.IGNORED), _ignored_row, links)


def _settings(digest: Digest) -> Iterator[Block]:
    configuration, base = digest.configuration, code(digest.change.base_branch)
    if configuration.flaws:
        rows = list(map(_note_row, configuration.flaws))
        yield Block(f"### The settings of {base} are wrong\n", rows, "\nWhere they are, the defaults hold.")
    if configuration.new_flaws:
        rows = list(map(_note_row, configuration.new_flaws))
        closing = f"\nThis review was made with the settings of {base}."
        yield Block("### The change breaks the settings\n", rows, closing)
    elif configuration.proposed:
        told = f"This change touches {code(CONFIG_PATH)}: changed settings count from the merge on."
        yield Block("### Settings\n\n" + told + _foresee(digest.preview))


def _foresee(preview: Preview | None) -> str:
    if preview is None:
        return ""
    parts = ((preview.more, "more"), (preview.fewer, "fewer"), (preview.reweighed, "of another severity"))
    told = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f" With the changed settings: {told or 'the same problems'}."


def _notes(digest: Digest) -> Iterator[Block]:
    notes = digest.report.notes
    here = list(filter(digest.is_news, notes))
    for heading, is_failure in (("Not analysed", True), ("Remarks", False)):
        if rows := [_note_row(note) for note in here if note.is_failure is is_failure]:
            yield Block(f"### {heading}\n", rows)
    yield from _fold("Remarks on other files", [_note_row(note) for note in notes if note not in here])


def _note_row(note: Note) -> str:
    where = f"{note.path}:{note.line}" if note.line else note.path
    return f"- {code(where)}: {prose(note.reason)}" if note.path else f"- {prose(note.reason)}"


def _known(digest: Digest) -> Iterator[Block]:
    known = digest.report.of(Status.KNOWN)
    here = [finding for finding in known if finding.at.path in digest.touched]
    yield from _folded("Known problems in files of this change", here, _known_row, digest.links)
    if elsewhere := len(known) - len(here):
        yield Block(f"{count(elsewhere, 'known problem')} in other files, not counted against this change.")


def _folded(
    heading: str, findings: Iterable[Finding], row: Callable[[Finding, Links], str], links: Links
) -> Iterator[Block]:
    return _fold(heading, [row(finding, links) for finding in findings])


def _fold(heading: str, rows: Sequence[str]) -> Iterator[Block]:
    if rows:
        yield Block(f"<details><summary>{heading} ({len(rows)})</summary>\n", rows, "\n</details>")


def _fixed_row(finding: Finding, links: Links) -> str:
    return f"- {links.rule(finding.rule)} in {code(finding.at.path)}"


def _known_row(finding: Finding, links: Links) -> str:
    said = f"- **{WORDS[finding.severity]}** {links.short_place(finding.at)} {sentence(finding.message)}"
    return f"{said} ({prose(finding.reason)})" if finding.reason else said


def _ignored_row(finding: Finding, links: Links) -> str:
    return f"- {links.short_place(finding.at)} {links.rule(finding.rule)}: {prose(finding.reason)}"
