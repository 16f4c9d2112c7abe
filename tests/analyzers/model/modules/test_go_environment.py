from __future__ import annotations

import pytest

from analyzers.model.command import Command
from analyzers.model.modules.go_environment import environment_in_job, environment_in_stage
from analyzers.model.repository import Repository
from tests.analyzers.model.repositories import repository


def build_of(commands: list[Command]) -> Command:
    return next(command for command in commands if command.words[:2] == ("go", "build"))


def in_stage(text: str) -> dict[str, str | None]:
    stage = repository({"Dockerfile": text}).images[0].final
    commands = [command for run in stage.runs for command in run.commands]
    return dict(environment_in_stage(stage, build_of(commands)))


def in_job(text: str, path: str = ".github/workflows/ci.yml") -> dict[str, str | None]:
    found: Repository = repository({path: text})
    job = found.pipelines[0].jobs[0]
    return dict(environment_in_job(job, build_of(list(job.commands))))


@pytest.mark.parametrize(
    "lines",
    [
        "RUN go build .\nENV GOPRIVATE=a",
        "ENV PATH=/x HOME=/y\nRUN go build .",
        "RUN GOPRIVATE=a go vet .\nRUN go build .",
        "RUN export GOPRIVATE=a\nRUN go build .",
        "RUN go env GOPRIVATE && go build .",
    ],
    ids=["set later", "other variables", "another command's", "another shell's", "only asked for"],
)
def test_nothing_is_set_in_a_stage(lines: str) -> None:
    assert in_stage(f"FROM golang:1.24\n{lines}\n") == {}


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("ENV GOPRIVATE=a\nRUN go build .", "a"),
        ("ARG GOPRIVATE=a\nRUN go build .", "a"),
        ("ARG GOPRIVATE\nRUN go build .", None),
        ("RUN go env -w GOPRIVATE=a\nRUN go build .", "a"),
        ("RUN go env -w GOPRIVATE=b\nENV GOPRIVATE=a\nRUN go build .", "a"),
        ("RUN export GOPRIVATE=a && go build .", "a"),
        ("ENV GOPRIVATE=b\nRUN GOPRIVATE=a go build .", "a"),
        ('RUN GOPRIVATE="$HOST" go build .', None),
        ("ENV GOPRIVATE=a\nFROM base\nRUN go build .", "a"),
    ],
)
def test_what_is_set_in_a_stage(lines: str, value: str | None) -> None:
    assert in_stage(f"FROM golang:1.24 AS base\n{lines}\n") == {"GOPRIVATE": value}


@pytest.mark.parametrize(
    ("job", "value"),
    [
        ("    env: {GOPRIVATE: a}\n    steps:\n      - run: go build .", "a"),
        ("    steps:\n      - env: {GOPRIVATE: a}\n        run: go build .", "a"),
        ("    steps:\n      - run: echo GOPRIVATE=a >> $GITHUB_ENV\n      - run: go build .", "a"),
        ("    steps:\n      - run: go env -w GOPRIVATE=a\n      - run: go build .", "a"),
        ("    steps:\n      - env: {GOPRIVATE: '${{ vars.X }}'}\n        run: go build .", None),
    ],
    ids=["job", "step", "handed on", "written", "expression"],
)
def test_what_is_set_in_a_workflow(job: str, value: str | None) -> None:
    assert in_job(f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n{job}\n") == {"GOPRIVATE": value}


def test_a_variable_of_one_step_ends_with_it() -> None:
    steps = "      - run: export GOPRIVATE=a\n      - run: go build ."
    assert in_job(f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{steps}\n") == {}


def test_all_scripts_of_a_gitlab_job_are_one_shell() -> None:
    text = "a:\n  before_script: [export GOPRIVATE=a]\n  script: [go build .]\n"
    assert in_job(text, ".gitlab-ci.yml") == {"GOPRIVATE": "a"}
