"""What lies in the workspace of a GitHub job."""

from __future__ import annotations

import pytest

from analyzers.model.pipeline import Step
from analyzers.model.pipelines.checkouts import has_plain_checkout
from tests.analyzers.model.repositories import repository


def steps(text: str) -> tuple[Step, ...]:
    workflow = f"on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n{text}"
    return repository({".github/workflows/ci.yml": workflow}).pipelines[0].jobs[0].steps


CHECKOUT = "      - uses: actions/checkout@v5\n"


@pytest.mark.parametrize(
    "more",
    [
        "",
        "      - uses: actions/setup-go@v6\n",
        "      - run: go version && echo X=1 >> $GITHUB_ENV\n",
        "      - run: sudo apt-get install -y make\n",
    ],
)
def test_the_repository_alone(more: str) -> None:
    assert has_plain_checkout(steps(CHECKOUT + more))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("      - run: go version\n", id="no checkout"),
        pytest.param(CHECKOUT + "      - run: npm install\n", id="makes a lock file"),
        pytest.param(CHECKOUT + "      - run: make generate\n", id="makes anything"),
        pytest.param(CHECKOUT + "      - run: date > week.txt\n", id="writes a file"),
        pytest.param(CHECKOUT + "      - uses: acme/fetch@v1\n", id="somebody's action"),
        pytest.param(CHECKOUT + "      - run: x\n        shell: pwsh\n", id="another shell"),
        pytest.param("      - uses: actions/checkout@v5\n        with: {path: src}\n", id="into a folder"),
        pytest.param(
            "      - uses: actions/checkout@v5\n        with: {repository: a/b}\n", id="another one"
        ),
        pytest.param(
            "      - uses: actions/checkout@v5\n        with: {ref: gh-pages}\n", id="another branch"
        ),
    ],
)
def test_perhaps_more(text: str) -> None:
    assert not has_plain_checkout(steps(text))
