"""Modules as go.mod describes them, replacements applied."""

from __future__ import annotations

import pytest

from analyzers.model.module import Module, Requirement
from analyzers.model.modules.module_reader import read_module
from analyzers.parsers.gomod import parse_gomod


def module(text: str, *tree: str, path: str = "go.mod") -> Module:
    return read_module(path, parse_gomod(text), {path, *tree})


def requirement(replaces: str) -> Requirement:
    (only,) = module(f"module m\nrequire example.com/a v1.0.0\n{replaces}\n").requirements
    return only


def test_an_empty_file_says_nothing() -> None:
    empty = module("")
    assert (empty.name, empty.go, empty.toolchain, empty.requirements, empty.has_vendor) == (
        "",
        None,
        None,
        (),
        False,
    )


def test_facts_have_places() -> None:
    read = module("module example.com/m\n\ngo 1.23\ntoolchain go1.24.1\ngodebug x=1\n", path="app/go.mod")
    assert (read.directory, read.name, str(read.at)) == ("app", "example.com/m", "app/go.mod:1")
    assert read.go
    assert (read.go.value, str(read.go.at)) == ("1.23", "app/go.mod:3")
    assert read.toolchain
    assert read.toolchain.value == "go1.24.1"
    assert read.godebug == {"x": "1"}


@pytest.mark.parametrize(
    ("replaces", "version", "replaced_by", "is_local"),
    [
        pytest.param("", "v1.0.0", "", False, id="none"),
        pytest.param("replace example.com/b => ../b", "v1.0.0", "", False, id="of another module"),
        pytest.param("replace example.com/a v2.0.0 => ../a", "v1.0.0", "", False, id="of another version"),
        pytest.param("replace example.com/a => ../a", "v1.0.0", "../a", True, id="by a folder"),
        pytest.param(
            "replace example.com/a => example.com/f v1.5.0", "v1.5.0", "example.com/f", False, id="by a fork"
        ),
        pytest.param(
            "replace example.com/a => ../a\nreplace example.com/a v1.0.0 => example.com/f v1.5.0",
            "v1.5.0",
            "example.com/f",
            False,
            id="the one for the version wins",
        ),
    ],
)
def test_replacements(replaces: str, version: str, replaced_by: str, is_local: bool) -> None:
    found = requirement(replaces)
    assert (found.path, found.version) == ("example.com/a", version)
    assert (found.replaced_by, found.is_local) == (replaced_by, is_local)
    assert found.at.line == 2
    assert (found.version_at is None) is is_local


@pytest.mark.parametrize(
    ("tree", "has_vendor"),
    [
        pytest.param("vendor/modules.txt", False, id="another module's"),
        pytest.param("app/vendor/a/a.go", False, id="without the list"),
        pytest.param("app/vendor/modules.txt", True, id="beside go.mod"),
    ],
)
def test_vendor(tree: str, has_vendor: bool) -> None:
    assert module("module m\n", tree, path="app/go.mod").has_vendor is has_vendor
