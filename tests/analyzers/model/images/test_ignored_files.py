"""Which files of a build context are sent to the builder."""

from __future__ import annotations

import pytest

from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("files", "place", "ignores"),
    [
        pytest.param({}, "", False, id="no file"),
        pytest.param({"api/.dockerignore": "*"}, "", False, id="another context's"),
        pytest.param({".dockerignore": "[a"}, ".dockerignore", None, id="one that cannot be read"),
        pytest.param({".dockerignore": "*\n!.env"}, ".dockerignore", False, id="an exception"),
        pytest.param({".dockerignore": ".env*"}, ".dockerignore", True, id="the context's"),
        pytest.param(
            {".dockerignore": "*", "Dockerfile.dockerignore": "x"},
            "Dockerfile.dockerignore",
            False,
            id="the Dockerfile's own before the context's",
        ),
    ],
)
def test_ignores(files: dict[str, str], place: str, ignores: bool | None) -> None:
    (image,) = repository({"Dockerfile": "FROM a\nCOPY . .\n", **files}).images

    assert (image.ignore_path, image.ignores(".env")) == (place, ignores)


def test_the_context_is_the_one_that_builds_name() -> None:
    (image,) = repository(
        {
            "api/Dockerfile": "FROM a\nCOPY . .\n",
            "api/.dockerignore": ".env",
            ".dockerignore": "x",
            "Makefile": "a:\n\tdocker build -f api/Dockerfile .\n",
        }
    ).images

    assert (image.context, image.ignore_path, image.ignores(".env")) == ("", ".dockerignore", False)
