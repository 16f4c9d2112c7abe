from __future__ import annotations

import pytest

from analyzers.model.pipeline import Job
from analyzers.model.pipelines.entries import is_github_workflow
from analyzers.model.pipelines.github import read_github_workflow
from analyzers.parsers.problem import Unreadable
from tests.analyzers.documents import documents

PATH = ".github/workflows/ci.yml"


def job(text: str) -> Job:
    (found,) = read_github_workflow(PATH, documents(text)).jobs
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".github/workflows/sub/ci.yml", False),
        (".github/dependabot.yml", False),
        ("app/.github/workflows/ci.yml", False),
        (".github/workflows/ci.json", False),
        (".github/workflows/ci.yml", True),
        (".github/workflows/ci.yaml", True),
    ],
)
def test_is_github_workflow(path: str, expected: bool) -> None:
    assert is_github_workflow(path) is expected


def test_several_documents_are_unreadable() -> None:
    with pytest.raises(Unreadable) as raised:
        read_github_workflow(PATH, documents("jobs: {}\n---\njobs: {}\n"))
    assert raised.value.line == 3


@pytest.mark.parametrize(
    "text", ["", "text\n", "jobs:\n", "jobs: []\n", "jobs:\n  build:\n", "jobs:\n  build: text\n"]
)
def test_no_jobs(text: str) -> None:
    assert read_github_workflow(PATH, documents(text)).jobs == ()


def test_more_jobs_than_anyone_writes_are_unreadable() -> None:
    text = "jobs:\n" + "".join(f"  j{n}: {{runs-on: x}}\n" for n in range(1_001))
    with pytest.raises(Unreadable, match="more than 1,000 jobs"):
        read_github_workflow(PATH, documents(text))


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("jobs: {}\n", ()),
        ("on: push\n", ("push",)),
        ("on: [push, pull_request]\n", ("push", "pull_request")),
        ("on:\n  push:\n    branches: [main]\n  schedule:\n", ("push", "schedule")),
    ],
)
def test_events(text: str, events: tuple[str, ...]) -> None:
    assert read_github_workflow(PATH, documents(text)).events == events


FULL = """\
on: push
env: {A: workflow, B: workflow}
jobs:
  build:
    runs-on: [self-hosted, linux]
    env: {B: job, C: "${{ secrets.C }}"}
    container: {image: "golang:1.23"}
    services:
      db: {image: "postgres:16"}
      other: {image: "${{ matrix.db }}"}
    steps:
      - uses: actions/checkout@v4
      - run: go build ./...
"""


def test_a_whole_job() -> None:
    found = job(FULL)
    assert (found.name, str(found.at), found.system, found.runs_on) == (
        "build",
        f"{PATH}:4",
        "github",
        ("self-hosted", "linux"),
    )
    assert {name: fact.value for name, fact in found.env.items()} == {"A": "workflow", "B": "job", "C": None}
    assert found.image
    assert found.image.value
    assert (found.image.value.repository, found.image.value.tag) == ("golang", "1.23")
    assert [service.value.text if service.value else None for service in found.services] == [
        "postgres:16",
        None,
    ]
    assert [command.words for command in found.commands] == [("go", "build", "./...")]
    assert found.is_complete


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("ubuntu-latest", ("ubuntu-latest",)),
        ("{group: big, labels: [linux, x64]}", ("linux", "x64")),
        ("${{ matrix.os }}", ("${{ matrix.os }}",)),
    ],
)
def test_labels(text: str, labels: tuple[str, ...]) -> None:
    assert job(f"jobs:\n  build:\n    runs-on: {text}\n").runs_on == labels


def test_a_container_may_be_a_text() -> None:
    image = job("jobs:\n  build:\n    container: alpine:3.20\n").image
    assert image
    assert image.value
    assert image.value.text == "alpine:3.20"


def test_a_reusable_workflow_hides_its_steps() -> None:
    assert not job("jobs:\n  call:\n    uses: ./.github/workflows/build.yml\n").is_complete
