"""The artifact that GitLab shows on a merge request: its keys are GitLab's."""

from __future__ import annotations

import json
from typing import Any

from analyzers import check, review
from analyzers.files import MemoryFiles
from analyzers.finding import Report
from analyzers.reports.gitlab_report import render_gitlab

GOOD = f'FROM alpine:3.22@sha256:{"0" * 64}\nUSER 65532:65532\nENTRYPOINT ["/app"]\n'
SHELL = GOOD.replace("alpine:3.22", "debian:13-slim").replace('["/app"]', "/app")


def entries(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render_gitlab(report))
    return found


def test_nothing_found_is_an_empty_list() -> None:
    assert entries(check(MemoryFiles({"Dockerfile": GOOD}))) == []


def test_what_the_base_had_is_left_out() -> None:
    files = MemoryFiles({"Dockerfile": SHELL})

    assert entries(review(files, files)) == []


def test_an_entry_has_what_gitlab_asks_for() -> None:
    (entry,) = entries(review(MemoryFiles({"Dockerfile": GOOD}), MemoryFiles({"Dockerfile": SHELL})))

    assert entry["check_name"] == "shell-form-entrypoint"
    assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert entry["location"] == {"path": "Dockerfile", "lines": {"begin": 3, "end": 3}}
    assert entry["description"][0].isupper()
    assert entry["description"].endswith(" (shell-form-entrypoint)")
    assert entry["fingerprint"]


def test_each_entry_has_a_fingerprint_of_its_own() -> None:
    files = {f"{name}/Dockerfile": SHELL for name in ("orders", "billing", "mail")}
    found = entries(check(MemoryFiles(files)))

    assert len({entry["fingerprint"] for entry in found}) == len(found) >= 3
