from __future__ import annotations

import pytest

from analyzers import Status, check
from analyzers.files import MemoryFiles
from analyzers.masking import mask
from analyzers.parsers.position import Span
from analyzers.reports.json_report import render_json
from analyzers.reports.text import render_text

PASSWORD = "kV9tq2Lm"


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], "one\ntwo\nthree"),
        ([Span(1, 2, 1, 3)], "o*e\ntwo\nthree"),
        ([Span(1, 3, 3, 2)], "on*\n***\n*hree"),
        ([Span(3, 4, 9, 1)], "one\ntwo\nthr**"),
        ([Span(2, 3, 2, 90)], "one\ntw*\nthree"),
    ],
    ids=["nothing hidden", "part of a line", "several lines", "past the end", "past the end of the line"],
)
def test_only_the_secret_is_hidden(spans: list[Span], wanted: str) -> None:
    assert mask("one\ntwo\nthree", spans) == wanted


@pytest.mark.parametrize(
    "line",
    [
        f"ENV URL=postgres://orders:{PASSWORD}@db.acme.internal/orders",
        f'ENV URL="postgres://orders:{PASSWORD}@db.acme.internal/{PASSWORD}"',
        f"ENV URL=\"host=db.acme.internal password='{PASSWORD}'\"",
        f"ENV URL=postgres://orders:{PASSWORD}@db.acme.internal/ \\\n    B=2",
    ],
    ids=["once", "twice", "quoted", "over two lines"],
)
def test_no_report_shows_a_password(line: str) -> None:
    report = check(MemoryFiles({"Dockerfile": f"FROM scratch\n{line}\n"}))
    assert "dsn-with-password" in {finding.rule for finding in report.of(Status.INTRODUCED)}
    assert PASSWORD not in render_text(report)
    assert PASSWORD not in render_json(report)
