"""The jobs that build an image through a Makefile, a script or skaffold."""

from __future__ import annotations

import pytest

from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository
from tests.hanging import must_end

MAKEFILE = """\
include make/more.mk
all: lint
lint:
	golangci-lint run
image: binary
	docker build -t acme/orders .
release: image
	docker push acme/orders
again:
	$(MAKE) -s clean && $(MAKE) image
image-%: binary
	docker build -t acme/orders:$* .
by-script:
	./scripts/image.sh
"""
FILES = {
    "go.mod": module(),
    "cmd/orders/main.go": MAIN,
    "Dockerfile": dockerfile("./cmd/orders"),
    "Makefile": MAKEFILE,
    "make/more.mk": "more: release\n",
    "scripts/image.sh": "docker build -t acme/orders .\n",
    "skaffold.yaml": "apiVersion: skaffold/v4beta11\nbuild:\n  artifacts:\n    - image: acme/orders\n",
}


def building(script: str, files: dict[str, str] | None = None, matrix: str = "") -> list[str]:
    workflow = f"jobs:\n  work:\n{matrix}    steps:\n      - run: {script}\n"
    found = repository({**FILES, **(files or {}), ".github/workflows/ci.yml": workflow}).services
    return [job.name for service in found for job in service.jobs]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("make", id="the first target"),
        pytest.param("make lint", id="another target"),
        pytest.param("make nothing", id="a target that is not there"),
        pytest.param("make $WHAT", id="a target that is not known"),
        pytest.param("make IMAGE=image", id="a setting"),
        pytest.param("make -C make image", id="in another folder"),
        pytest.param("make -f other.mk image", id="of another file"),
        pytest.param("echo make image", id="a word"),
        pytest.param("./scripts/other.sh", id="another script"),
        pytest.param("skaffold render", id="skaffold that builds nothing"),
        pytest.param("skaffold build -f other.yaml", id="another configuration"),
    ],
)
def test_no_job(script: str) -> None:
    assert building(script) == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("make image", id="a target"),
        pytest.param("make -j 4 VERSION=1 image", id="with flags and settings"),
        pytest.param("make release", id="a target that needs it"),
        pytest.param("make more", id="a target of an included file"),
        pytest.param("make again", id="make called by make"),
        pytest.param("make image-arm64", id="a pattern"),
        pytest.param("make by-script", id="a script that make runs"),
        pytest.param("cd scripts && ./image.sh", id="a script"),
        pytest.param("bash -e scripts/image.sh v1", id="a script handed to a shell"),
        pytest.param("cd make && make -C .. image", id="from another folder"),
        pytest.param("skaffold run -p gcb", id="skaffold"),
        pytest.param("skaffold build --filename=skaffold.yaml", id="skaffold with its file"),
    ],
)
def test_a_job(script: str) -> None:
    assert building(script) == ["work"]


def test_a_target_that_the_matrix_decides() -> None:
    matrix = "    strategy:\n      matrix:\n        target: [{0}]\n"
    assert building("make ${{ matrix.target }}", matrix=matrix.format("lint")) == []
    assert building("make ${{ matrix.target }}", matrix=matrix.format("lint, image")) == ["work"]


def test_the_first_target_is_what_make_makes() -> None:
    assert building("make", {"Makefile": ".PHONY: image\n" + MAKEFILE.partition("lint:\n\t")[0]}) == []
    assert building("make", {"Makefile": ".PHONY: image\nimage:\n\tdocker build .\n"}) == ["work"]


@pytest.mark.parametrize(
    "makefile",
    [
        pytest.param("a: b\nb: a\n\tdocker build .\n", id="a circle"),
        pytest.param("".join(f"%: x{n} y{n}\n\t:\n" for n in range(20_000)), id="patterns for everything"),
        pytest.param("".join(f"a: {'b ' * 1_000}\n" for _ in range(500)), id="many needs"),
    ],
)
def test_it_ends(makefile: str) -> None:
    with must_end():
        building("make a && make b && make c", {"Makefile": makefile})
