"""The JSON that programs read: its names and types are a promise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analyzers import review
from analyzers.files import MemoryFiles
from analyzers.reports.json_report import render_json

PINNED = f"alpine:3.22@sha256:{'0' * 64}"
GOOD = f'FROM {PINNED}\nUSER 65532:65532\nENTRYPOINT ["/app"]\n'
LATEST = GOOD.replace(PINNED, "alpine:latest")
SHELL = GOOD.replace("alpine:3.22", "debian:13-slim").replace('["/app"]', "/app")
TYPES = {
    "rule": str,
    "severity": str,
    "confidence": str,
    "path": str,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "message": str,
    "fingerprint": str,
    "related": list,
    "fix": dict,
    "status": str,
}


def report(base: dict[str, str], head: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_json(review(MemoryFiles(base), MemoryFiles(head))))
    return found


def test_nothing_found() -> None:
    document = report({"Dockerfile": GOOD}, {"Dockerfile": GOOD})
    seconds = document["stats"].pop("seconds")
    assert isinstance(seconds, float)
    del document["version"]
    assert document == {
        "schema": "shipworthy/v1",
        "findings": [],
        "fixed": [],
        "notes": [],
        "stats": {"files": 1},
    }


def test_a_finding_has_every_field_that_is_promised() -> None:
    (found,) = report({}, {"Dockerfile": SHELL})["findings"]
    assert {name: type(found[name]) for name in TYPES} == TYPES
    assert found["fix"]["edits"] == [
        {"path": "Dockerfile", "start_line": 3, "end_line": 3, "text": 'ENTRYPOINT ["/app"]'}
    ]


def test_positions_cut_what_is_meant() -> None:
    (found,) = report({}, {"Dockerfile": LATEST})["findings"]
    line = LATEST.splitlines()[found["line"] - 1]
    assert line[found["column"] - 1 : found["end_column"] - 1] == "alpine:latest"


@pytest.mark.parametrize(
    ("base", "head", "part", "status"),
    [
        pytest.param(LATEST, LATEST, "findings", "known", id="there before"),
        pytest.param(GOOD, LATEST, "findings", "introduced", id="new"),
        pytest.param(
            GOOD,
            f"# shipworthy: ignore[base-image-latest] on purpose\n{LATEST}",
            "findings",
            "ignored",
            id="ignored",
        ),
        pytest.param(LATEST, GOOD, "fixed", "known", id="fixed, so it was known"),
    ],
)
def test_status(base: str, head: str, part: str, status: str) -> None:
    document = report({"Dockerfile": base}, {"Dockerfile": head})
    assert [found["status"] for found in document[part]] == [status]


def test_a_file_that_cannot_be_read_is_noted() -> None:
    (note,) = report({}, {"Dockerfile": "FROM a\nRUN <<EOF\n"})["notes"]
    assert (note["path"], type(note["reason"]), note["line"]) == ("Dockerfile", str, 2)
