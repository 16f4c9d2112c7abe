"""What follows from a mistake is not told beside it."""

from __future__ import annotations

import pytest

from analyzers import Config, Status, check, review
from analyzers.catalogue import load_rules
from analyzers.consequences import find_causes, leave_out_consequences
from analyzers.files import MemoryFiles
from analyzers.finding import Confidence, Finding, Location, Severity
from analyzers.parsers.position import Span

PAIR = ("single-stage-go-image", "runs-as-root")
CONFIG = Config(disabled={name: "another matter" for name in load_rules() if name not in PAIR})
SERVER = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
GO = {"go.mod": "module example.com/a\n", "main.go": SERVER}
SINGLE = 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /a .\nCMD ["/a"]\n'
IGNORED = f"# shipworthy: ignore[single-stage-go-image] it compiles plugins\n{SINGLE}"
TWO = SINGLE.replace("golang:1.25", "golang:1.25 AS build").replace(
    "CMD", "FROM alpine:3.22\nCOPY --from=build /a /a\nCMD"
)


def rules_of(dockerfile: str, config: Config = CONFIG) -> list[str]:
    report = check(MemoryFiles({**GO, "Dockerfile": dockerfile}), config)
    return [finding.rule for finding in report.findings if finding.status is not Status.IGNORED]


@pytest.mark.parametrize(
    ("dockerfile", "told"),
    [
        pytest.param(SINGLE, ["single-stage-go-image"], id="the mistake alone"),
        pytest.param(TWO, ["runs-as-root"], id="without it"),
        pytest.param(IGNORED, ["runs-as-root"], id="where somebody ignores it"),
    ],
)
def test_a_consequence_is_kept_back_as_long_as_its_cause_stands(dockerfile: str, told: list[str]) -> None:
    assert rules_of(dockerfile) == told


def test_it_is_told_where_its_cause_is_not_looked_for() -> None:
    config = Config(disabled={**CONFIG.disabled, "single-stage-go-image": "we build no final stage"})
    assert rules_of(SINGLE, config) == ["runs-as-root"]


def test_what_its_cause_comes_to_hide_is_not_called_fixed() -> None:
    trees = (MemoryFiles({**GO, "Dockerfile": text}) for text in (TWO, SINGLE))
    report = review(*trees, CONFIG)
    assert [(finding.rule, finding.status) for finding in report.findings] == [
        ("single-stage-go-image", Status.INTRODUCED)
    ]
    assert report.fixed == ()


def test_another_document_of_the_file_is_another_matter() -> None:
    text = "a: 1\n---\nb: 1\n"
    parent, twin, other = (
        Finding(
            rule, Severity.NOTE, Confidence.LOW, Location("a.yaml", Span(line, 1, line, 2)), "", "", "", ""
        )
        for rule, line in ((PAIR[0], 1), (PAIR[1], 1), (PAIR[1], 3))
    )
    read = {"a.yaml": text}.get
    found = (parent, twin, other)
    assert leave_out_consequences(found, find_causes([parent], found, read), read) == (parent, other)
