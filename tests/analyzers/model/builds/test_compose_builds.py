"""Builds that compose files ask for."""

from __future__ import annotations

import pytest

from tests.analyzers.model.builds.repositories import builds_of, told

FILES = {"Dockerfile": "FROM a\n", "api/Dockerfile": "FROM a\n"}


def test_services_without_a_build() -> None:
    assert builds_of({**FILES, "compose.yaml": "services:\n  db:\n    image: postgres\n"}) == ()


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        pytest.param("build: {context: '${X}'}", (None, None, "", ()), id="a folder that is not known"),
        pytest.param(
            "build: .\n    image: ${REG}/a", ("Dockerfile", "", "", ()), id="a name that is not known"
        ),
        pytest.param(
            "build: {context: api, target: app}\n    image: ${REG:-acme}/a:${TAG}",
            ("api/Dockerfile", "api", "app", ("acme/a",)),
            id="a default",
        ),
        pytest.param(
            "build: {context: ., dockerfile: '${FILE}', tags: ['acme/b:1']}\n    image: ${NAME}:1",
            ("api/Dockerfile", "", "", ("acme/a", "acme/b")),
            id="what .env sets",
        ),
        pytest.param("extends: base", ("api/Dockerfile", "api", "app", ()), id="a service that is extended"),
        pytest.param(
            "extends: {service: base, file: api/common.yml}",
            ("api/Dockerfile", "api", "far", ()),
            id="a service of another file",
        ),
        pytest.param(
            "extends: base\n    build: {target: web}", ("api/Dockerfile", "api", "web", ()), id="on top of it"
        ),
    ],
)
def test_builds(service: str, expected: tuple[object, ...]) -> None:
    base = "  base:\n    build: {context: api, target: app}\n"
    files = {
        **FILES,
        "compose.yaml": f"services:\n{base}  web:\n    {service}\n",
        "api/common.yml": "services:\n  base:\n    build: {context: ., target: far}\n",
        ".env": "FILE=api/Dockerfile\nNAME=acme/a\n",
    }
    (build,) = [build for build in builds_of(files) if build.at.path == "compose.yaml" and build.at.line > 3]

    assert told(build) == expected


@pytest.mark.parametrize(
    "include", ["[parts/web.yml]", "[{path: parts/web.yml}]", "[{path: [parts/web.yml, none.yml]}]"]
)
def test_a_file_that_is_included_has_builds(include: str) -> None:
    files = {"compose.yaml": f"include: {include}\n", "parts/web.yml": "services:\n  web: {build: ../api}\n"}
    (build,) = builds_of({**FILES, **files})

    assert told(build) == ("api/Dockerfile", "api", "", ())


def test_a_file_that_is_only_extended_has_no_builds() -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a\n    extends: {file: base.yml, service: base}\n",
        "base.yml": "services:\n  base: {build: api}\n  other: {build: .}\n",
    }
    (build,) = builds_of({**FILES, **files})

    assert told(build) == ("api/Dockerfile", "api", "", ("a",))


def test_services_that_extend_each_other() -> None:
    text = "services:\n  a:\n    extends: b\n    build: .\n  b:\n    extends: a\n"

    assert [build.dockerfile for build in builds_of({**FILES, "compose.yaml": text})] == ["Dockerfile"] * 2


def test_an_override_lies_on_top() -> None:
    files = {
        **FILES,
        "docker-compose.yml": (
            "services:\n  web:\n    image: acme/a\n    build: {context: api, args: {A: '1', B: '2'}}\n"
        ),
        "docker-compose.override.yml": "services:\n  web:\n    build: {target: dev, args: {B: '3'}}\n",
    }
    first, override = sorted(builds_of(files), key=lambda build: not build.ships)

    assert told(first) == ("api/Dockerfile", "api", "", ("acme/a",))
    assert told(override) == ("api/Dockerfile", "api", "dev", ("acme/a",))
    assert {name: fact.value for name, fact in override.args.items()} == {"A": "1", "B": "3"}


@pytest.mark.parametrize(
    ("path", "service", "ships"),
    [
        ("docker-compose.dev.yml", "build: .", False),
        ("test/compose.yaml", "build: ..", False),
        ("compose.yaml", "build: {context: ., target: debug}", False),
        ("compose.yaml", "build: .\n    profiles: [test]", False),
        ("compose.yaml", "build: .", True),
        ("docker-compose.prod.yml", "build: {context: ., target: app}", True),
    ],
)
def test_what_ships(path: str, service: str, ships: bool) -> None:
    (build,) = builds_of({**FILES, path: f"services:\n  web:\n    {service}\n"})

    assert build.ships is ships
