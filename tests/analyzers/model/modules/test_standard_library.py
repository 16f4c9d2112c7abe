"""Which standard library a module is built with."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from analyzers.files import MemoryFiles
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.repository import Repository
from analyzers.selection import select
from analyzers.sources import Sources

MAIN = {"main.go": "package main\n\nfunc main() {}\n"}
GOMOD = "module example.com/app\n\ngo 1.22.1\n"


def image(base: str, before: str = "") -> dict[str, str]:
    text = f"{before}FROM {base} AS build\nCOPY . .\nRUN go build -o /app .\n"
    return {"Dockerfile": text + 'FROM scratch\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n'}


def gitlab(name: str) -> dict[str, str]:
    return {".gitlab-ci.yml": f"build:\n  image: {name}\n  script: [go build ./...]\n"}


def job(version: str, run: str = "go build ./...") -> dict[str, str]:
    return {
        ".github/workflows/ci.yml": "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - uses: actions/setup-go@v5\n        with:\n"
        f'          go-version: "{version}"\n      - run: {run}\n'
    }


def libraries(files: Mapping[str, str], database: AdvisoryDatabase | None = None) -> Repository:
    tree = MemoryFiles({"go.mod": GOMOD, **MAIN, **files})
    return Repository.read(Sources(tree, select(tree.tree).paths), database)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="the go line alone"),
        pytest.param(image("golang:${GO}"), id="an unknown tag"),
        pytest.param(image("example.com/builder:1.22.3"), id="another image"),
        pytest.param(image("golang:1.22.3\nENV GOTOOLCHAIN=auto"), id="any toolchain"),
        pytest.param(job("1.22.3", "go test ./..."), id="a job that tests"),
        pytest.param(job("1.22"), id="a floating version"),
        pytest.param(gitlab("golang:1.22"), id="a job in a floating image"),
        pytest.param(gitlab("acme/go:1.22.3"), id="a job in another image"),
        pytest.param(gitlab("golang:$GO"), id="a job in an image that is not known"),
        pytest.param(
            {**job("1.22"), "go.mod": GOMOD + "toolchain go1.22.5\n"}, id="a floating version and a toolchain"
        ),
        pytest.param({"go.mod": GOMOD + "toolchain local\n"}, id="no toolchain's name"),
    ],
)
def test_what_says_nothing(files: Mapping[str, str]) -> None:
    assert libraries(files).standard_libraries == ()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(image("golang:1.22.3-alpine"), ("1.22.3", "Dockerfile:1", "image"), id="an image"),
        pytest.param(image("golang:1.22"), ("1.22", "Dockerfile:1", "image"), id="a floating tag"),
        pytest.param(
            {**image("golang:1.22"), **job("1.22.3")},
            ("1.22", "Dockerfile:1", "image"),
            id="the image counts, not the job",
        ),
        pytest.param(
            image("golang:${GO}", "ARG GO=1.22.3\n"),
            ("1.22.3", "Dockerfile:2", "image"),
            id="an argument's default",
        ),
        pytest.param(
            {**image("golang:1.22.3"), "go.mod": GOMOD + "toolchain go1.22.9\n"},
            ("1.22.3", "Dockerfile:1", "image"),
            id="the image ignores the toolchain line",
        ),
        pytest.param(job("1.22.3"), ("1.22.3", ".github/workflows/ci.yml:9", "job"), id="a job"),
        pytest.param(
            gitlab("golang:1.22.3-alpine"), ("1.22.3", ".gitlab-ci.yml:2", "image"), id="the image of a job"
        ),
        pytest.param(
            {**gitlab("golang:1.22.3"), "go.mod": GOMOD + "toolchain go1.22.9\n"},
            ("1.22.3", ".gitlab-ci.yml:2", "image"),
            id="an image fetches no toolchain",
        ),
        pytest.param(
            {**job("1.22.3"), "go.mod": GOMOD + "toolchain go1.22.9\n"},
            ("1.22.9", ".github/workflows/ci.yml:9", "job"),
            id="a job fetches the toolchain",
        ),
        pytest.param(
            {"go.mod": GOMOD + "toolchain go1.22.9\n"},
            ("1.22.9", "go.mod:4", "toolchain"),
            id="the toolchain line",
        ),
    ],
)
def test_what_says_it(files: Mapping[str, str], expected: tuple[str, str, str]) -> None:
    (library,) = libraries(files).standard_libraries
    assert (library.release, str(library.at), library.by) == expected


def test_its_known_vulnerabilities() -> None:
    affected = {
        "package": {"name": "stdlib"},
        "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.22.4"}]}],
        "ecosystem_specific": {"imports": [{"path": "net/http"}]},
    }
    files = {
        "index/modules.json": [{"path": "stdlib", "vulns": [{"id": "GO-1", "fixed": "1.22.4"}]}],
        "ID/GO-1.json": {"id": "GO-1", "affected": [affected]},
    }
    database = AdvisoryDatabase({name: json.dumps(content).encode() for name, content in files.items()}.get)
    (old,) = libraries(image("golang:1.22.3"), database).standard_libraries
    (new,) = libraries(image("golang:1.22.4"), database).standard_libraries
    assert [(advisory.fixed, advisory.packages) for advisory in old.advisories] == [("1.22.4", ("net/http",))]
    (floating,) = libraries(image("golang:1.22"), database).standard_libraries
    (ended,) = libraries(image("golang:1.21"), database).standard_libraries
    assert (new.advisories, floating.advisories) == ((), ())
    assert [advisory.id for advisory in ended.advisories] == ["GO-1"]
