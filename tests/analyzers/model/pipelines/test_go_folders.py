"""Where a GitLab job keeps what the go command downloads."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.go_folders import go_folders, place_of_path
from analyzers.model.repository import Repository
from tests.analyzers.model.repositories import repository


def project(variables: str = "{}", script: str = "go test") -> Repository:
    return repository({".gitlab-ci.yml": f"test:\n  variables: {variables}\n  script: {script}\n"})


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (".go/pkg/mod", "inside"),
        ("$CI_PROJECT_DIR/.go", "inside"),
        ("${CI_PROJECT_DIR}/.go", "inside"),
        ("$IN/pkg/mod", "inside"),
        ("/go/pkg/mod", "outside"),
        ("$OUT/pkg/mod", "outside"),
        ("$TWICE/pkg/mod", "unknown"),
        ("$NONE/pkg/mod", "unknown"),
        ("~/go", "unknown"),
        ("/builds/acme/orders/.go", "unknown"),
    ],
)
def test_place_of_path(path: str, place: str) -> None:
    found = project('{IN: "$CI_PROJECT_DIR/.go", OUT: /go, TWICE: $OUT}')
    assert place_of_path(path, found.pipelines[0].jobs[0], found.text_at) == place


@pytest.mark.parametrize(
    ("variables", "script", "places"),
    [
        ("{}", "go test", []),
        ("{GOPATH: $CI_PROJECT_DIR/.go}", "go test", ["inside"]),
        ("{GOMODCACHE: /cache}", "go test", ["outside"]),
        ("{}", "export GOPATH=/x && go test", ["unknown"]),
        ("{}", "GOMODCACHE=/x go test", ["unknown"]),
    ],
)
def test_go_folders(variables: str, script: str, places: list[str]) -> None:
    found = project(variables, script)
    assert list(go_folders(found.pipelines[0].jobs[0], found.text_at)) == places
