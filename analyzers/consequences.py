"""One mistake is told once: what only follows from another one is kept back as long as that one stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from analyzers.catalogue import load_rules
from analyzers.finding import Finding, Location, Status

Read = Callable[[str], str | None]
Cause = tuple[str, str, int]
"""A rule that others yield to, with the document in which it has a finding."""
_SEPARATOR = "---"
"""Begins a new document of a YAML stream, and nothing in the other languages read here."""


def find_causes(findings: Iterable[Finding], others: Iterable[Finding], read: Read) -> frozenset[Cause]:
    """What may keep back one of the others, of all findings of a tree.

    What a person ignores keeps nothing back. Only the pages of rules that speak are read.
    """
    parents = {parent for rule in {other.rule for other in others} for parent in _yields_to(rule)}
    return frozenset(
        (finding.rule, *_document(finding.at, read))
        for finding in findings
        if finding.rule in parents and finding.status is not Status.IGNORED
    )


def leave_out_consequences(
    findings: Iterable[Finding], causes: Collection[Cause], read: Read
) -> tuple[Finding, ...]:
    """The findings without those whose rule yields to one that has a finding in the same document."""
    return tuple(
        finding
        for finding in findings
        if not any((parent, *_document(finding.at, read)) in causes for parent in _yields_to(finding.rule))
    )


def _yields_to(rule: str) -> Sequence[str]:
    return load_rules()[rule].page.yields_to


def _document(at: Location, read: Read) -> tuple[str, int]:
    """A file, or which of a YAML file's documents: one workload's mistake hides no neighbour's."""
    above = (read(at.path) or "").split("\n")[: at.line]
    return at.path, sum(line.startswith(_SEPARATOR) for line in above)
