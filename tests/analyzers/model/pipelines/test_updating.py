"""Jobs whose purpose is to change files."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.updating import changes_files_on_purpose, looks_at_changes
from tests.analyzers.model.repositories import repository


def changes(step: str, file: str = "ci", job: str = "test") -> bool:
    text = f"on: push\njobs:\n  {job}:\n    runs-on: x\n    steps:\n      - {step}\n"
    return changes_files_on_purpose(repository({f".github/workflows/{file}.yml": text}).pipelines[0].jobs[0])


@pytest.mark.parametrize(
    ("step", "file", "job"),
    [
        ("run: go test", "ci", "test"),
        ("run: git diff --exit-code", "ci", "test"),
        ("run: git clone x", "deploy", "depsfree"),
    ],
)
def test_a_job_that_leaves_files_alone(step: str, file: str, job: str) -> None:
    assert not changes(step, file, job)


@pytest.mark.parametrize(
    ("step", "file", "job"),
    [
        ("run: git commit -am x", "ci", "test"),
        ("run: git -C web push", "ci", "test"),
        ("uses: peter-evans/create-pull-request@v7", "ci", "test"),
        ("run: go test", "update-deps", "test"),
        ("run: go test", "ci", "go-mod-tidy"),
        ("run: go test", "ci", "bump"),
    ],
)
def test_a_job_that_changes_files(step: str, file: str, job: str) -> None:
    assert changes(step, file, job)


def test_asking_git() -> None:
    text = "test:\n  script:\n    - %s\n"
    asking = repository({".gitlab-ci.yml": text % "git status --porcelain"}).pipelines[0].jobs[0]
    other = repository({".gitlab-ci.yml": text % "git fetch"}).pipelines[0].jobs[0]
    assert looks_at_changes(asking.commands)
    assert not looks_at_changes(other.commands)
