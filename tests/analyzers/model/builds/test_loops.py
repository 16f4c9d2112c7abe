"""Builds in a loop over words that are written there."""

from __future__ import annotations

import pytest

from tests.analyzers.model.builds.repositories import builds_of
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository
from tests.hanging import must_end

FILES = {"Dockerfile": "FROM a\n", "orders/Dockerfile": "FROM a\n", "pay/Dockerfile": "FROM a\n"}
BOTH = [("orders/Dockerfile", ("acme/orders",)), ("pay/Dockerfile", ("acme/pay",))]
BUILD = "docker build -t acme/$s $s"


def told(script: str) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(build.dockerfile, build.names) for build in builds_of({**FILES, "build.sh": script})]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(f"for s in $SERVICES; do {BUILD}; done\n", id="a variable"),
        pytest.param(f'for s in "$@"; do {BUILD}; done\n', id="arguments"),
        pytest.param(f"for s in $(ls); do {BUILD}; done\n", id="what a command says"),
        pytest.param(f"for s in *; do {BUILD}; done\n", id="files"),
        pytest.param(f"for s in a b; do {BUILD}; done\n", id="folders without Dockerfile"),
        pytest.param(f"for s in orders; do true; done\n{BUILD}\n", id="behind the loop"),
        pytest.param(f"build() {{ {BUILD}; }}\nfor s in orders; do build; done\n", id="a function"),
        pytest.param(f"while read s; do {BUILD}; done < services.txt\n", id="lines of a file"),
        pytest.param(
            f"for n in orders pay; do if test $n = x; then s=$n; else s=y; fi; {BUILD}; done\n",
            id="what differs within a turn",
        ),
        pytest.param(f"for n in orders pay; do s=$n; done\n{BUILD}\n", id="what the last turn leaves"),
    ],
)
def test_not_known(script: str) -> None:
    assert told(script) == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(f"for s in orders pay; do {BUILD}; done\n", id="words"),
        pytest.param(f"ALL='orders pay'\nfor s in $ALL; do\n  {BUILD}\ndone\n", id="a variable that is set"),
        pytest.param(f"for n in orders pay; do s=$n; {BUILD}; done\n", id="a variable of the turn"),
        pytest.param("for s in orders pay; do (cd $s; docker build -t acme/$s .); cd ..; done\n", id="cd"),
        pytest.param(
            f"for x in a; do for s in orders pay; do {BUILD}; done; done\n", id="loops in each other"
        ),
        pytest.param(f"for s in orders; do {BUILD}; done; for s in pay; do {BUILD}; done\n", id="two loops"),
    ],
)
def test_known(script: str) -> None:
    assert told(script) == BOTH


def test_in_a_makefile_and_in_a_job() -> None:
    recipe = "SERVICES = orders pay\nall:\n\tfor s in $(SERVICES); do docker build -t acme/$$s $$s; done\n"
    job = f"jobs:\n  a:\n    steps:\n      - run: |\n          for s in orders pay; do {BUILD}; done\n"
    for files in ({"Makefile": recipe}, {".github/workflows/ci.yml": job}):
        assert [(build.dockerfile, build.names) for build in builds_of({**FILES, **files})] == BOTH


def test_a_job_that_builds_programs_in_a_loop() -> None:
    files = {
        "go.mod": module(),
        "cmd/orders/main.go": MAIN,
        "cmd/pay/main.go": MAIN,
        "cmd/other/main.go": MAIN,
        "Dockerfile": dockerfile("./cmd/other"),
        ".github/workflows/ci.yml": (
            "jobs:\n  a:\n    steps:\n      - run: for s in orders pay; do go build ./cmd/$s; done\n"
        ),
    }
    services = repository(files).services
    assert {service.name: len(service.jobs) for service in services} == {"orders": 1, "other": 0, "pay": 1}


def test_they_end() -> None:
    many = " ".join(f"w{n}" for n in range(200))
    inner = f"for {{}} in {many}; do\n"
    depth = 8
    script = "".join(inner.format(f"v{n}") for n in range(depth)) + f"{BUILD}\n" + "done\n" * depth
    with must_end():
        assert told(script) == []
        assert told(f"for s in {many}; do {BUILD}; done\n" * 200) == []
