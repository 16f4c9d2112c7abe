"""What CI jobs call in the repository: recipes of Makefiles, and scripts."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository

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
        pytest.param("make test IMAGE=image", id="a variable is no target"),
        pytest.param("make $TARGET", id="a target that is not known"),
        pytest.param("make images", id="a target that is not there"),
        pytest.param("make -C docs image", id="in a folder without a Makefile"),
        pytest.param("make -f docs.mk image", id="a Makefile that is not there"),
        pytest.param("cd $FOLDER && make image", id="in a folder that is not known"),
        pytest.param("make turn", id="a target that calls itself"),
        pytest.param("make check", id="a check that it compiles"),
        pytest.param("cat ./build.sh", id="a script that is only read"),
        pytest.param("bash -c ./other.sh", id="another script"),
        pytest.param("echo make image", id="the name of a target"),
    ],
)
def test_jobs_that_do_not_build(script: str) -> None:
    assert jobs_of(script, SHOP) == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("make image", id="the recipe of a target"),
        pytest.param("sudo make -j 4 --silent TAG=1 test image", id="with flags"),
        pytest.param("make image $FLAGS", id="with something that is not known"),
        pytest.param("make release", id="a recipe that calls make again"),
        pytest.param("make bin", id="the binary alone"),
        pytest.param("./build.sh v1", id="a script"),
        pytest.param("bash -e build.sh", id="a script that is handed to a shell"),
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


def test_each_combination_of_a_matrix_calls_its_own_target() -> None:
    matrix = "    strategy: {matrix: {what: [test, image]}}\n"
    assert jobs_of("make ${{ matrix.what }}", SHOP, matrix) == ["work"]
