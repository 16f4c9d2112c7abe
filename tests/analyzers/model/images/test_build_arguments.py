from __future__ import annotations

import pytest

from analyzers.model.images.build_arguments import is_named_elsewhere, may_be_given
from tests.analyzers.model.repositories import repository


def given(step: str, written: str = "golang:${GO_VERSION}-alpine") -> bool:
    workflow = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n"
    return may_be_given(written, repository({".github/workflows/ci.yml": workflow}).pipelines[0].jobs)


@pytest.mark.parametrize(
    ("step", "written"),
    [
        ("run: docker build --build-arg GO_VERSION=1.24 .", "golang:1.24"),
        ("run: docker build .", "golang:$GO_VERSION"),
        ("run: docker build --build-arg VERSION=1 .", "golang:$GO_VERSION"),
    ],
    ids=["no variable", "not given", "another one"],
)
def test_the_default_counts(step: str, written: str) -> None:
    assert not given(step, written)


@pytest.mark.parametrize(
    "step",
    [
        "run: docker build --build-arg GO_VERSION=1.24 .",
        "run: docker build --build-arg=GO_VERSION=$GO .",
        "{uses: docker/build-push-action@v6, with: {build-args: 'GO_VERSION=1.24'}}",
    ],
)
def test_a_job_gives_the_value(step: str) -> None:
    assert given(step)


@pytest.mark.parametrize(
    ("path", "text", "is_named"),
    [
        ("Makefile", "image:\n\tdocker build --build-arg GO_VERSION=$(GO) .\n", True),
        ("build.sh", "GO_VERSION=1.24\n", True),
        ("images.go", 'package images\n\nconst name = "GO_VERSION"\n', True),
        ("build.sh", "MY_GO_VERSION=1.24\n", False),
        ("other/Dockerfile", "ARG GO_VERSION=1.24\nFROM golang:$GO_VERSION\n", False),
    ],
)
def test_another_file_names_the_variable(path: str, text: str, is_named: bool) -> None:
    assert is_named_elsewhere("golang:${GO_VERSION}", repository({path: text}).sources) is is_named
    assert not is_named_elsewhere("golang:1.24", repository({path: text}).sources)
