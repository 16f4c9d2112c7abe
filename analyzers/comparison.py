"""Base against head: which findings the change introduced, which it fixed, which were there before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyzers.finding import Finding, Status


def compare(
    base: Iterable[Finding], head: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Head's findings with their status, and the base's that are gone, which were known.

    What the base had ignored and the head ignores no more counts as introduced.
    """
    before = {finding.fingerprint: finding for finding in base if finding.status is not Status.IGNORED}
    judged = tuple(_judge(finding, before.keys()) for finding in head)
    present = {finding.fingerprint for finding in judged}
    gone = (finding for name, finding in before.items() if name not in present)
    return judged, tuple(replace(finding, status=Status.KNOWN) for finding in gone)


def _judge(finding: Finding, before: Iterable[str]) -> Finding:
    if finding.status is Status.IGNORED:
        return finding
    return replace(finding, status=Status.KNOWN if finding.fingerprint in before else Status.INTRODUCED)
