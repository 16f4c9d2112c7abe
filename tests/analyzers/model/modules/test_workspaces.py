"""Folders of a repository that stand in for modules, and what programs reach through them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.analyzers.model.repositories import repository

MAIN = 'package main\n\nimport "example.com/shared/log"\n\nfunc main() { log.Print() }\n'
APP = {"app/go.mod": "module example.com/app\n\nrequire example.com/shared v1.0.0\n", "app/main.go": MAIN}
SHARED = {
    "shared/go.mod": "module example.com/shared\n",
    "shared/log/log.go": "package log\n\nfunc Print() {}\n",
}
FORK = {"fork/go.mod": "module example.com/fork\n", "fork/log/log.go": "package log\n\nfunc Print() {}\n"}


def reached(files: Mapping[str, str]) -> set[str]:
    """The folders of what the one program under `app` is made of."""
    found = [program for program in repository(files).programs if program.directory == "app"]
    return {package.directory for program in found for package in program.packages}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(APP, {"app"}, id="a module from elsewhere"),
        pytest.param({**APP, **FORK}, {"app"}, id="another module"),
        pytest.param(
            {**APP, **SHARED, "old/go.mod": "module example.com/shared\n"}, {"app"}, id="two of that name"
        ),
        pytest.param({**APP, **SHARED}, {"app", "shared/log"}, id="the only one of that name"),
        pytest.param(
            {**APP, **FORK, "app/go.mod": APP["app/go.mod"] + "replace example.com/shared => ../fork\n"},
            {"app", "fork/log"},
            id="replaced by a folder",
        ),
        pytest.param(
            {
                **APP,
                **SHARED,
                "old/go.mod": "module example.com/shared\n",
                "go.work": "use (\n./app\n./shared\n)\n",
            },
            {"app", "shared/log"},
            id="a workspace",
        ),
        pytest.param(
            {**APP, **FORK, "go.work": "use ./app\nreplace example.com/shared => ./fork\n"},
            {"app", "fork/log"},
            id="replaced in the workspace",
        ),
        pytest.param(
            {**APP, **FORK, "go.work": "use ./other\nreplace example.com/shared => ./fork\n"},
            {"app"},
            id="a workspace of others",
        ),
        pytest.param(
            {**APP, "app/go.mod": APP["app/go.mod"] + "replace example.com/shared => ../../x\n"},
            {"app"},
            id="a folder outside",
        ),
    ],
)
def test_what_a_program_reaches(files: Mapping[str, str], expected: set[str]) -> None:
    assert reached(files) == expected


def test_programs_of_modules_that_share_a_name() -> None:
    files = {
        f"{name}/{file}": text
        for name in "ab"
        for file, text in {
            "go.mod": "module app\n",
            "main.go": 'package main\n\nimport "app/own"\n\nfunc main() { own.Run() }\n',
            "own/own.go": "package own\n\nfunc Run() {}\n",
        }.items()
    }
    found = {
        program.directory: {package.directory for package in program.packages}
        for program in repository(files).programs
    }
    assert found == {"a": {"a", "a/own"}, "b": {"b", "b/own"}}


def test_a_tool_of_the_module_is_no_program() -> None:
    files = {
        "go.mod": "module example.com/app\n\ntool example.com/app/generate\n",
        "generate/main.go": "package main\n\nfunc main() {}\n",
    }
    assert repository(files).programs == ()


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        pytest.param({}, (), id="no go.sum"),
        pytest.param({"go.sum": "example.com/a v1.0.0 h1:a=\n", "vendor/modules.txt": ""}, (), id="vendored"),
        pytest.param(
            {"go.sum": "example.com/a v1.0.0/go.mod h1:a=\nexample.com/b v1.0.0 h1:a=\n"}, (), id="all there"
        ),
        pytest.param(
            {"go.sum": "example.com/a v1.0.1 h1:a=\n"},
            ("example.com/a", "example.com/b"),
            id="another version",
        ),
    ],
)
def test_requirements_without_a_hash(more: Mapping[str, str], missing: tuple[str, ...]) -> None:
    text = "module m\nrequire (\nexample.com/a v1.0.0\nexample.com/b v1.0.0\nexample.com/c v1.0.0\n)\n"
    (module,) = repository({"go.mod": text + "replace example.com/c => ./c\n", **more}).modules
    assert tuple(requirement.path for requirement in module.missing_sums) == missing
