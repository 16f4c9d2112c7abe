"""A report in characters that any terminal shows and none obeys."""

from __future__ import annotations

from dataclasses import replace

from analyzers.finding import Finding, Location, Note, Report

_UNKNOWN = "\ufffd"


def printable(text: str) -> str:
    """One line. Control characters of a hostile file, and bytes of a name that are no UTF-8, are replaced."""
    if text.isprintable():
        return text
    return "".join(_show(character) for character in text)


def make_printable(report: Report) -> Report:
    """The report with everything in it that may come from the repository, but for the sources' texts."""
    return replace(
        report,
        findings=tuple(map(_finding, report.findings)),
        notes=tuple(map(_note, report.notes)),
        sources={printable(path): text for path, text in report.sources.items()},
    )


def _finding(finding: Finding) -> Finding:
    return replace(
        finding,
        at=_place(finding.at),
        message=printable(finding.message),
        why=printable(finding.why),
        advice=printable(finding.advice),
        related=tuple(
            replace(other, at=_place(other.at), message=printable(other.message)) for other in finding.related
        ),
    )


def _note(note: Note) -> Note:
    return replace(note, path=printable(note.path), reason=printable(note.reason))


def _place(place: Location) -> Location:
    return replace(place, path=printable(place.path))


def _show(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else _UNKNOWN
