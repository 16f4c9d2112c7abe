"""A report as GitLab's Code Quality artifact, which a merge request shows in its widget and beside the diff.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from analyzers.finding import Finding, Report, Severity, Status

_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.NOTE: "info",
}


def render_gitlab(report: Report) -> str:
    """What is new, in ASCII. GitLab compares fingerprints itself, so what is known is left out."""
    entries = [_entry(finding) for finding in report.of(Status.INTRODUCED)]
    return json.dumps(entries, indent=2) + "\n"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _entry(finding: Finding) -> dict[str, object]:
    """GitLab does not show a check's name, so the description ends with it."""
    span = finding.at.span
    return {
        "check_name": finding.rule,
        "description": f"{_begun(finding.message)} ({finding.rule})",
        "content": {"body": "\n\n".join(_begun(part) for part in (finding.why, finding.advice) if part)},
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": finding.at.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
