"""Builds that bake files ask for."""

from __future__ import annotations

import pytest

from analyzers.model.build import Build
from tests.analyzers.model.builds.repositories import builds_of, told

FILES = {"Dockerfile": "FROM a\n", "api/Dockerfile": "FROM a\n", "deploy/x": "FROM a\n"}


def bake(text: str, path: str = "docker-bake.hcl", **others: str) -> tuple[Build, ...]:
    return builds_of({**FILES, path: text, **others})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param('group "default" { targets = ["a"] }', id="a group of nothing"),
        pytest.param('target "_common" { context = "api" }', id="a target to inherit from"),
        pytest.param('target "docker-metadata-action" {}', id="the target of an action"),
        pytest.param('target "a" {', id="no HCL"),
    ],
)
def test_no_builds(text: str) -> None:
    assert bake(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            'target "a" { context = f("x") }', [(None, None, "", ())], id="a folder that is not known"
        ),
        pytest.param(
            'target "a" {\n target = T\n tags = ["${f(1)}/a", "${R}/a"]\n}\n'
            'variable "T" {}\nvariable "R" {}\n',
            [("Dockerfile", "", None, ())],
            id="variables without default",
        ),
        pytest.param(
            'variable "A" { default = A }\ntarget "a" { target = A }',
            [("Dockerfile", "", None, ())],
            id="itself",
        ),
        pytest.param('target "a" {}', [("Dockerfile", "", "", ())], id="defaults"),
        pytest.param(
            'variable "R" { default = "ghcr.io/acme" }\nTAG = "1"\n'
            'target "a" {\n context = "api"\n target = "app"\n tags = ["${R}/a:${TAG}", "acme/a:${f(1)}"]\n}',
            [("api/Dockerfile", "api", "app", ("ghcr.io/acme/a", "acme/a"))],
            id="variables",
        ),
        pytest.param(
            'variable "V" { default = "" }\ntarget "a" { target = V == "" ? "app" : "debug" }',
            [("Dockerfile", "", "app", ())],
            id="a condition",
        ),
        pytest.param(
            'target "_c" { context = "api" }\ntarget "_t" { target = "app" }\n'
            'target "a" {\n inherits = ["_c", "_t"]\n tags = ["acme/a"]\n}',
            [("api/Dockerfile", "api", "app", ("acme/a",))],
            id="inherited",
        ),
        pytest.param(
            'target "a" {\n name = "a-${item.n}"\n matrix = { item = [{n = "x"}, {n = "y"}] }\n'
            ' target = item.n\n tags = ["acme/${item.n}"]\n}',
            [("Dockerfile", "", "x", ("acme/x",)), ("Dockerfile", "", "y", ("acme/y",))],
            id="a matrix",
        ),
    ],
)
def test_targets(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [told(build) for build in bake(text)] == expected


def test_arguments_are_inherited_one_by_one() -> None:
    (build,) = bake(
        'target "_c" { args = { A = "1", B = "2" } }\n'
        'target "a" {\n inherits = ["_c"]\n args = { B = 3, C = null, D = f(1) }\n}'
    )

    assert {name: fact.value for name, fact in build.args.items()} == {"A": "1", "B": "3", "D": None}


def test_json_and_overrides() -> None:
    files = {
        **FILES,
        "docker-bake.json": '{"target": {"a": {"context": "api", "tags": ["acme/a"]}}}',
        "docker-bake.override.hcl": 'target "a" { target = "app" }',
    }

    assert [told(build) for build in builds_of(files)] == [("api/Dockerfile", "api", "app", ("acme/a",))]


@pytest.mark.parametrize(
    ("text", "ships"),
    [
        pytest.param('target "a" {}', False, id="nobody asks for it"),
        pytest.param('group "default" { targets = ["test"] }\ntarget "test" {}', False, id="a test"),
        pytest.param('target "default" { target = "lint" }', False, id="a stage of a test"),
        pytest.param('target "default" { output = ["./bin"] }', False, id="files"),
        pytest.param('target "default" { output = [f(1)] }', False, id="an output that is not known"),
        pytest.param('target "default" { output = ["type=cacheonly"] }', False, id="a cache"),
        pytest.param('target "default" {}', True, id="the default"),
        pytest.param('target "a" { tags = ["acme/a"] }', True, id="a name"),
        pytest.param(
            'group "default" { targets = ["all"] }\ngroup "all" { targets = ["a"] }\ntarget "a" {}',
            True,
            id="groups",
        ),
        pytest.param('target "default" { output = ["type=registry"] }', True, id="pushed"),
    ],
)
def test_what_ships(text: str, ships: bool) -> None:
    (build,) = bake(text)

    assert build.ships is ships


@pytest.mark.parametrize(
    "step",
    [
        "- uses: docker/bake-action@v6\n        with:\n"
        "          files: deploy/image-bake.hcl\n          targets: a\n",
        "- run: docker buildx bake -f deploy/image-bake.hcl --set '*.platform=linux/amd64' a\n",
    ],
    ids=["action", "command"],
)
def test_ci_says_what_ships_and_from_where(step: str) -> None:
    files = {
        **FILES,
        "deploy/image-bake.hcl": 'target "a" {}\ntarget "b" {}\n',
        ".github/workflows/ci.yml": f"on: push\njobs:\n  a:\n    steps:\n      {step}",
    }

    assert [(build.dockerfile, build.ships) for build in builds_of(files)] == [
        ("Dockerfile", True),
        ("Dockerfile", False),
    ]


def test_names_that_the_metadata_action_computes() -> None:
    files = {
        **FILES,
        "docker-bake.hcl": (
            'target "docker-metadata-action" {}\ntarget "a" { inherits = ["docker-metadata-action"] }\n'
        ),
        ".github/workflows/ci.yml": (
            "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/metadata-action@v5\n"
            "        with:\n          images: acme/a\n      - uses: docker/bake-action@v6\n        with:\n"
            "          targets: a\n"
        ),
    }

    assert [build.names for build in builds_of(files)] == [("acme/a",)]
