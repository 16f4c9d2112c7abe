"""What CI jobs call in the repository: recipes of Makefiles, scripts, skaffold's configurations."""

from __future__ import annotations

from textwrap import indent

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


SHOP = {
    "go.mod": module(),
    "cmd/orders/main.go": MAIN,
    "Dockerfile": dockerfile("./cmd/orders"),
    "build.sh": "docker build -t acme/orders .\n",
    "Makefile": (
        "test:\n\tgo test ./...\nimage: lint\n\tdocker build -t acme/orders .\n"
        "release:\n\t$(MAKE) image\nbin:\n\tgo build -o bin/orders ./cmd/orders\nlint:\n\tgolangci-lint run\n"
        "turn:\n\tmake turn\ncheck:\n\tgo build -o /dev/null ./cmd/orders\n"
    ),
}
INNER = {
    "go.mod": module(),
    "cmd/orders/main.go": MAIN,
    "orders/Dockerfile": dockerfile("./cmd/orders"),
    "orders/Makefile": "include ../make/*.mk\nNAME = image\nimage: $(NAME)-made\n",
    "make/image.mk": "image-made:\n\tdocker build -f orders/Dockerfile .\n",
}


def jobs_of(script: str, files: dict[str, str], head: str = "") -> list[str]:
    """The jobs of the service, where one job runs the script."""
    workflow = f"jobs:\n  work:\n{head}    steps:\n      - run: |\n{indent(script, ' ' * 10)}\n"
    (service,) = repository({**files, ".github/workflows/ci.yml": workflow}).services
    return [job.name for job in service.jobs]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("make", id="the first target, which only tests"),
        pytest.param("make -C docs image", id="in a folder without a Makefile"),
        pytest.param("cd $FOLDER && make image", id="in a folder that is not known"),
        pytest.param("make turn", id="a target that calls itself"),
        pytest.param("make check", id="a check that it compiles"),
        pytest.param("cat ./build.sh", id="a script that is only read"),
    ],
)
def test_jobs_that_do_not_build(script: str) -> None:
    assert jobs_of(script, SHOP) == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("sudo make -j 4 --silent TAG=1 test image", id="with flags"),
        pytest.param("make image $FLAGS", id="with something that is not known"),
        pytest.param("make release", id="a recipe that calls make again"),
        pytest.param("make bin", id="the binary alone"),
    ],
)
def test_jobs_that_build(script: str) -> None:
    assert jobs_of(script, SHOP) == ["work"]


@pytest.mark.parametrize(
    "script",
    [
        "make -C orders image",
        "make --directory=orders",
        "cd orders\nmake image",
        "make -forders/Makefile image",
    ],
)
def test_makefiles_in_folders_take_in_others(script: str) -> None:
    expected = ["work"] if "-f" not in script else []
    assert jobs_of(script, INNER) == expected
