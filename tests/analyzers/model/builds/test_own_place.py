"""Scripts that ask where they lie, and builds from there."""

from __future__ import annotations

import pytest

from tests.analyzers.model.builds.repositories import builds_of
from tests.hanging import must_end

FILES = {"api/Dockerfile": "FROM a\n", "api/src/Dockerfile": "FROM b\n"}
PATH = "api/hack/image.sh"


def contexts(script: str) -> list[str | None]:
    """Of a script in `api/hack`; what is built from elsewhere is left out."""
    return [build.context for build in builds_of({**FILES, PATH: script})]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('docker build "$(dirname "$1")"\n', id="the place of an argument"),
        pytest.param('docker build "$(dirname "$0")"\n', id="a folder without Dockerfile"),
        pytest.param('docker build "$(dirname "$0")/../../.."\n', id="outside of the repository"),
        pytest.param('docker build "$(cd "$(dirname "$0")/$X" && pwd)"\n', id="a folder that is not known"),
        pytest.param('HERE=$(find "$(dirname "$0")")\ndocker build $HERE\n', id="another command"),
    ],
)
def test_not_known(script: str) -> None:
    assert contexts(script) == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('docker build "$(dirname "$0")/.."\n', id="beside"),
        pytest.param("docker build ${0%/*}/..\n", id="cut off"),
        pytest.param('cd "$(dirname "${BASH_SOURCE[0]}")/.."\ndocker build .\n', id="cd"),
        pytest.param("cd $(dirname $0)\ncd ..\ndocker build $(pwd)\n", id="the working directory"),
        pytest.param(
            'HERE="$( cd "$( dirname "${BASH_SOURCE[0]}" )" >/dev/null 2>&1 && pwd -P )"\n'
            'ROOT=$HERE/..\ndocker build "$ROOT"\n',
            id="the place as a path",
        ),
        pytest.param(
            'SELF=$(readlink -f "$0")\nHERE=$(dirname "$SELF")\nUP="$(dirname "$HERE")"\n'
            'cd $UP && docker build -f ${UP}"/Dockerfile" .\n',
            id="step by step",
        ),
        pytest.param("docker build $(realpath $(dirname $0)/..)\n", id="the real path"),
    ],
)
def test_known(script: str) -> None:
    assert contexts(script) == ["api"]


def test_the_working_directory_of_a_job() -> None:
    workflow = "jobs:\n  a:\n    steps:\n      - run: cd api && docker build -f $PWD/src/Dockerfile $(pwd)\n"
    (build,) = builds_of({**FILES, ".github/workflows/ci.yml": workflow})
    assert (build.dockerfile, build.context) == ("api/src/Dockerfile", "api")


def test_it_ends() -> None:
    with must_end():
        contexts('docker build "' + "$(dirname " * 200 + "$0" + ")" * 200 + '"\n' + "$(cd $0 " * 9_000 + "\n")
