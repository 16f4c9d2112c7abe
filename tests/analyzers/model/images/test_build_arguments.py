from __future__ import annotations

import pytest

from analyzers.model.images.build_arguments import may_be_given
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
