"""Fixes of Dockerfiles beyond the ones the pages show: where they offer none."""

from __future__ import annotations

import pytest

from analyzers import Config, check
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles

MODULE = "module example.com/shop\n\ngo 1.24\n\nrequire github.com/redis/go-redis/v9 v9.7.0\n"
START = "FROM golang:1.24\nWORKDIR /src\nCOPY . .\n"


def has_fix(rule: str, dockerfile: str, folder: str = "") -> bool:
    """Whether the one finding of a rule comes with a fix."""
    parts = {"go.mod": MODULE, "main.go": "package main\n\nfunc main() {}\n", "Dockerfile": dockerfile}
    files = {f"{folder}{name}": text for name, text in parts.items()}
    others = {name: "not under test" for name in load_rules() if name != rule}
    (finding,) = check(MemoryFiles(files), Config(disabled=others)).findings
    return finding.fix is not None


@pytest.mark.parametrize(
    "dockerfile",
    [
        pytest.param(
            START + "WORKDIR /src/orders\nRUN go mod download\n", id="go.mod is in a folder of that"
        ),
        pytest.param(START + "RUN --network=none true\nRUN go build .\n", id="something runs in between"),
        pytest.param(START + "ENV GOPROXY=direct\nRUN go build .\n", id="a setting in between"),
    ],
)
def test_a_copy_that_cannot_be_split_by_two_lines(dockerfile: str) -> None:
    assert not has_fix("copy-before-mod-download", dockerfile, "orders/")


def test_a_copy_that_two_lines_split() -> None:
    assert has_fix("copy-before-mod-download", START + "RUN go mod download\n", "orders/")
