"""Whole small repositories under all rules at once: what a review says of each, and nothing else.

A case of `samples.md` is laid over the service of `sound.md`. A mark names the rules that speak on its line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers import check
from analyzers.files import MemoryFiles
from tests.casebook import Case, read_cases
from tests.rule_cases import ADVISORIES

FOLDER = Path(__file__).parent
(SOUND,) = read_cases(FOLDER / "sound.md")
SAMPLES = read_cases(FOLDER / "samples.md")


def said_of(files: dict[str, str]) -> list[tuple[str, int, str]]:
    report = check(MemoryFiles(files), advisories=ADVISORIES)
    assert [note.reason for note in report.notes if note.is_failure] == []
    return sorted((finding.at.path, finding.at.line, finding.rule) for finding in report.findings)


def test_of_the_sound_service_nothing_is_said() -> None:
    assert said_of(SOUND.files) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_of_a_sample_just_this_is_said(sample: Case) -> None:
    marked = [
        (path, line, rule) for (path, line), rules in sample.findings.items() for rule in rules.split(", ")
    ]
    assert said_of({**SOUND.files, **sample.files}) == sorted(marked)
