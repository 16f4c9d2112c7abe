from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.model.images.whole_context import ends_in, takes_git_along, whole_copies
from tests.analyzers.model.repositories import repository

BUILD = "FROM golang:1.24 AS build\n{}\nRUN {}\nFROM scratch\nCOPY --from=build /orders /orders\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BUILD.format("COPY go.mod cmd ./", "go build ."), []),
        (BUILD.format("COPY --from=golang:1.24 . .", "go build ."), []),
        (BUILD.format("COPY . .", "go build ."), [(2, False)]),
        (BUILD.format("ADD ./ /src/", "go build ."), [(2, False)]),
        (BUILD.format("COPY . .", "go build .") + "COPY . /app\n", [(6, True), (2, False)]),
        ("FROM golang:1.24 AS a\nCOPY . .\nFROM a\nCMD orders\n", [(2, True)]),
        ("FROM golang:1.24 AS lint\nCOPY . .\nFROM scratch\nCOPY orders /\n", []),
    ],
)
def test_copies_of_all_there_is(text: str, found: list[tuple[int, bool]]) -> None:
    (image,) = repository({"Dockerfile": text, "go.mod": "module a\n"}).images
    assert [(copy.at.line, ends_in(image, copy)) for copy in whole_copies(image)] == found


def action(context: str) -> str:
    return (
        "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n"
        f"          {context}\n          push: true\n"
    )


@pytest.mark.parametrize(
    ("run", "files", "does"),
    [
        ("go build .", {}, True),
        ("go build . # see .github/workflows", {}, True),
        ("go install github.com/acme/tool@v1.0.0", {}, True),
        ("go build .", {"ci": action("context: .")}, True),
        ("git config --global url.https://t@acme.dev/.insteadOf https://acme.dev/ && go build .", {}, True),
        ("git config --global safe.directory /src && go build .", {}, False),
        ("make", {"Makefile": "all:\n\tgo build .\n"}, True),
        ("go build .", {"ci": action("file: Dockerfile")}, False),
        ("go build -ldflags -X=main.v=$(git rev-parse HEAD) .", {}, False),
        ("make", {"Makefile": "V := $(shell git describe)\n"}, False),
        ("mage build", {}, False),
        ("./build.sh", {}, False),
        ("sh ./build.sh", {}, False),
    ],
)
def test_git_goes_along(run: str, files: Mapping[str, str], does: bool) -> None:
    known = {".github/workflows/ci.yml" if name == "ci" else name: text for name, text in files.items()}
    read = repository({"Dockerfile": BUILD.format("COPY . .", run), **known})
    assert takes_git_along(read.images[0], read.text) is does
