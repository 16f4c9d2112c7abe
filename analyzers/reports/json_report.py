"""A report as JSON, schema `shipworthy/v1`: names and meanings stay as they are within a major version."""

from __future__ import annotations

import json

from analyzers.finding import Finding, Fix, Report
from analyzers.version import VERSION


def render_json(report: Report) -> str:
    """The report in ASCII; places count from 1, columns in characters, `end_column` one past the last."""
    document = {
        "schema": "shipworthy/v1",
        "version": VERSION,
        "findings": [finding_as_dict(finding) for finding in report.findings],
        "fixed": [finding_as_dict(finding) for finding in report.fixed],
        "notes": [
            {"path": note.path, "reason": note.reason} | ({"line": note.line} if note.line else {})
            for note in report.notes
        ],
        "stats": {"files": report.files, "seconds": round(report.seconds, 3)},
    }
    return json.dumps(document, indent=2)


def finding_as_dict(finding: Finding) -> dict[str, object]:
    """One finding as the schema has it."""
    span = finding.at.span
    fields: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "path": finding.at.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": finding.message,
        "why": finding.why,
        "advice": finding.advice,
        "fingerprint": finding.fingerprint,
        "related": [
            {"path": other.at.path, "line": other.at.line, "message": other.message}
            for other in finding.related
        ],
        "fix": _fix(finding.fix),
        "status": finding.status.value,
    }
    return fields | ({"reason": finding.reason} if finding.reason else {})


def _fix(fix: Fix | None) -> dict[str, object] | None:
    if fix is None:
        return None
    return {
        "edits": [
            {"path": edit.path, "start_line": edit.start_line, "end_line": edit.end_line, "text": edit.text}
            for edit in fix.edits
        ]
    }
