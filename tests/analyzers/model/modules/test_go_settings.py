"""Where the go command's own variables are set for good."""

from __future__ import annotations

import pytest

from analyzers.model.modules.go_settings import (
    GoSetting,
    downloads_before,
    find_go_settings,
    needs_no_network,
)
from tests.analyzers.model.repositories import repository


def in_image(lines: str) -> tuple[GoSetting, ...]:
    return find_go_settings(repository({"Dockerfile": f"FROM golang:1.24\n{lines}\n"}).images, ())


def in_workflow(job: str, before: str = "") -> tuple[GoSetting, ...]:
    text = f"on: push\n{before}jobs:\n  test:\n    runs-on: x\n{job}"
    found = repository({".github/workflows/ci.yml": text})
    return find_go_settings((), [job for pipeline in found.pipelines for job in pipeline.jobs])


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("ENV CGO_ENABLED=0", id="no variable of modules"),
        pytest.param("ARG GOPROXY", id="given from outside"),
        pytest.param("RUN GOPROXY=direct go install a.b/c@main", id="for one command"),
        pytest.param("RUN go env GOPROXY", id="only asked for"),
        pytest.param("RUN echo GOPROXY=direct", id="only printed"),
        pytest.param('RUN export GOPROXY="$PROXY" && go build .', id="a variable's"),
    ],
)
def test_nothing_is_set(lines: str) -> None:
    assert [setting for setting in in_image(lines) if setting.name != "GOTOOLCHAIN"] == []


@pytest.mark.parametrize(
    "lines",
    ["ENV GOPROXY=direct", "ARG GOPROXY=direct", "RUN go env -w GOPROXY=direct", "RUN export GOPROXY=direct"],
)
def test_set_in_an_image(lines: str) -> None:
    (found,) = [setting for setting in in_image(lines) if setting.name == "GOPROXY"]
    assert (found.value, found.at.line, found.where) == ("direct", 2, "the image build")


def test_a_stage_on_another_sets_nothing_anew() -> None:
    found = in_image("ENV GOPROXY=a,direct GOPRIVATE=b\nFROM 0\nRUN go build .")
    assert [(setting.name, setting.patterns) for setting in found if setting.at.line == 2] == [
        ("GOPRIVATE", ("b",)),
        ("GOPROXY", ("a", "direct")),
    ]


def test_set_in_a_workflow_a_step_and_for_later_steps() -> None:
    found = in_workflow(
        "    steps:\n      - run: go test\n        env: {GOSUMDB: 'off'}\n"
        "      - run: echo GOPROXY=direct >> $GITHUB_ENV\n",
        before="env: {GOPRIVATE: a.b}\n",
    )
    assert sorted((setting.name, setting.value, setting.at.line) for setting in found) == [
        ("GOPRIVATE", "a.b", 2),
        ("GOPROXY", "direct", 9),
        ("GOSUMDB", "off", 8),
    ]
    assert next(setting for setting in found if setting.name == "GOSUMDB").beside["GOPRIVATE"] == "a.b"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("ENV GOPROXY=off", (False, False)),
        ("ENV GOPROXY=off\nRUN go build .", (False, False)),
        ("ENV GOPROXY=off GOFLAGS=-mod=vendor", (True, False)),
        ("RUN go mod download\nENV GOPROXY=off", (False, True)),
        ("ENV GOPROXY=off\nRUN --mount=type=cache,target=/go/pkg/mod go build .", (False, True)),
        ("ENV GOPROXY=off\nCOPY --from=modules /go/pkg/mod /go/pkg/mod", (False, True)),
    ],
)
def test_what_needs_no_network(lines: str, expected: tuple[bool, bool]) -> None:
    found = next(setting for setting in in_image(lines) if setting.name == "GOPROXY")
    assert (needs_no_network(found), downloads_before(found)) == expected
