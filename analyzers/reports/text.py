"""A report for a terminal: the line itself, a caret under what is wrong, the partner lines, the way out."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from analyzers.finding import Finding, Location, Note, Report, Severity, Status
from analyzers.reports.printable import make_printable, printable

Paint = Callable[[str, str], str]
"""Colours a text for a role: `error`, `warning`, `note`, `dim` or `bold`."""

_MAX_WIDTH = 160
_PROSE_WIDTH = 120


def plain(text: str, role: str) -> str:
    """No colour."""
    return text


def render_text(report: Report, paint: Paint = plain) -> str:
    """Every new finding with its source, those that say the same folded into one, then the count."""
    report = make_printable(report)
    folded = _fold(report.of(Status.INTRODUCED))
    blocks = [_block(first, others, report.sources, paint) for first, *others in folded]
    return "\n\n".join([*blocks, *_notes(report, paint), render_counts(report)]) + "\n"


def render_concise(report: Report) -> str:
    """One line a finding."""
    report = make_printable(report)
    lines = [
        f"{finding.at.path}:{finding.at.line}:{finding.at.span.column}: "
        f"{finding.severity} {finding.rule} {finding.message}"
        for finding in report.of(Status.INTRODUCED)
    ]
    notes = [f"{_place_of(note)}{_label(note)}: {note.reason}" for note in report.notes]
    return "\n".join([*lines, *notes, render_counts(report)]) + "\n"


def render_counts(report: Report) -> str:
    """The last lines: how many of what, and what was looked at."""
    new = report.of(Status.INTRODUCED)
    rest = ", ".join(
        f"{count} {word}"
        for count, word in (
            (sum(finding.fix is not None for finding in new), "with a fix"),
            (len(report.fixed), "fixed"),
            (len(report.of(Status.KNOWN)), "known before"),
            (len(report.of(Status.IGNORED)), "ignored"),
        )
        if count
    )
    files = _plural(report.files, "file")
    if not new:
        return f"No problems in {files}" + (f" ({rest})" if rest else "") + "."
    kinds = [(severity, sum(finding.severity is severity for finding in new)) for severity in Severity]
    split = ", ".join(_plural(count, severity.value) for severity, count in kinds if count)
    return (
        f"{_plural(len(new), 'problem')} ({split})"
        + (f", {rest}" if rest else "")
        + f"\nchecked {files} in {report.seconds:.2f} s"
    )


def _fold(findings: Iterable[Finding]) -> Iterable[Sequence[Finding]]:
    """Findings of one rule in the same words, where they stand first."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.severity, finding.message), []).append(finding)
    return alike.values()


def _block(finding: Finding, others: Sequence[Finding], sources: Mapping[str, str], paint: Paint) -> str:
    places = [finding.at, *(other.at for other in finding.related)]
    gutter = " " * len(str(max(place.line for place in places)))
    head = paint(f"{finding.severity}[{finding.rule}]", finding.severity.value)
    lines = [f"{head}: {paint(finding.message, 'bold')}"]
    lines += _quote(finding.at, "-->", "^", "", sources, gutter, paint)
    for other in finding.related:
        lines += _quote(other.at, ":::", "-", other.message, sources, gutter, paint)
    lines += [f"{gutter}{paint('-->', 'dim')} also {_where(twin.at)}" for twin in others]
    lines += _wrap(finding.why, gutter)
    help_line, *rest = _wrap(f"help: {finding.advice}", gutter)
    lines += [help_line.replace("help:", paint("help:", "bold"), 1), *rest]
    return "\n".join(lines)


def _wrap(prose: str, gutter: str) -> list[str]:
    """Commands and addresses stay whole, so that they can be copied."""
    return textwrap.wrap(
        prose,
        _PROSE_WIDTH,
        initial_indent=f"{gutter} = ",
        subsequent_indent=f"{gutter}   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _quote(
    place: Location, arrow: str, mark: str, word: str, sources: Mapping[str, str], gutter: str, paint: Paint
) -> Iterator[str]:
    yield f"{gutter}{paint(arrow, 'dim')} {_where(place)}"
    source = sources.get(place.path, "").split("\n")
    if place.line > len(source) or not source[place.line - 1].strip():
        return
    line = source[place.line - 1].rstrip("\r").replace("\t", " ")[:_MAX_WIDTH]
    span = place.span
    end = span.end_column if span.end_line == span.line else len(line) + 1
    before, marked = line[: span.column - 1], line[span.column - 1 : end - 1]
    carets = " " * _width(before) + paint(mark * max(_width(marked), 1), "dim" if mark == "-" else "error")
    yield f"{gutter} {paint('|', 'dim')}"
    yield f"{place.line:>{len(gutter)}} {paint('|', 'dim')} {printable(line)}"
    yield f"{gutter} {paint('|', 'dim')} {carets}" + (f" {word}" if word else "")


def _where(place: Location) -> str:
    return f"{place.path}:{place.line}:{place.span.column}"


def _notes(report: Report, paint: Paint) -> Iterator[str]:
    if report.notes:
        yield "\n".join(
            f"{paint(_label(note), 'note')}: {_place_of(note)}{note.reason}" for note in report.notes
        )


def _label(note: Note) -> str:
    return "not analysed" if note.is_failure else "remark"


def _place_of(note: Note) -> str:
    if not note.path:
        return ""
    return f"{note.path}:{note.line}: " if note.line else f"{note.path}: "


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")


def _width(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
