from __future__ import annotations

import pytest

from analyzers.model.compose import ComposeService
from analyzers.model.compose_reader import is_compose, read_compose
from tests.analyzers.documents import documents


def service(text: str, path: str = "deploy/compose.yaml") -> ComposeService:
    indented = "".join(f"    {line}\n" for line in text.splitlines())
    (found,) = read_compose(path, documents(f"services:\n  web:\n{indented}")).services
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("composer.yml", False),
        ("docker-compose.yml.j2", False),
        ("decompose.yaml", False),
        ("compose.yaml", True),
        ("a/docker-compose.yml", True),
        ("docker-compose.prod.yml", True),
        ("compose-dev.yaml", True),
    ],
)
def test_is_compose(path: str, expected: bool) -> None:
    assert is_compose(path) is expected


@pytest.mark.parametrize(
    "text", ["", "services:\n", "services: []\n", "services:\n  web:\n", "web:\n  image: a\n", "- services\n"]
)
def test_no_services(text: str) -> None:
    assert read_compose("compose.yaml", documents(text)).services == ()


@pytest.mark.parametrize(
    ("text", "context", "dockerfile"),
    [
        pytest.param("image: nginx", None, None, id="no build"),
        pytest.param("build: https://example.com/a.git", None, None, id="remote context"),
        pytest.param("build: ../..", None, None, id="outside the repository"),
        pytest.param("build: ${CONTEXT}", None, None, id="variable"),
        pytest.param(
            "build: {context: ., dockerfile_inline: FROM scratch}", "deploy", None, id="inline Dockerfile"
        ),
        pytest.param("build: .", "deploy", "deploy/Dockerfile", id="same folder"),
        pytest.param("build: ..", "", "Dockerfile", id="root"),
        pytest.param(
            "build: {dockerfile: web.Dockerfile}", "deploy", "deploy/web.Dockerfile", id="only a Dockerfile"
        ),
        pytest.param("build: {context: .., dockerfile: build/Dockerfile}", "", "build/Dockerfile", id="both"),
    ],
)
def test_build(text: str, context: str | None, dockerfile: str | None) -> None:
    found = service(text)
    assert (found.context, found.dockerfile) == (context, dockerfile)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ports: ['${PORT}:8080-8090']", [None], id="range"),
        pytest.param("ports: ['8080']", [8080], id="container port alone"),
        pytest.param("ports: ['127.0.0.1:80:8080/tcp']", [8080], id="address and protocol"),
        pytest.param("ports: ['${PORT:-80}:8080']", [8080], id="variable host port"),
        pytest.param("ports: [{target: 9090, published: 80}]", [9090], id="long form"),
        pytest.param("expose: [3000]", [3000], id="exposed"),
    ],
)
def test_ports(text: str, expected: list[int | None]) -> None:
    assert [port.value for port in service(text).ports] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("environment: [A]", {"A": None}, id="taken from outside, list"),
        pytest.param("environment: {A: }", {"A": None}, id="taken from outside, mapping"),
        pytest.param("environment: {A: '${B}'}", {"A": None}, id="variable"),
        pytest.param("environment: ['A=x=y', 'B=']", {"A": "x=y", "B": ""}, id="list"),
        pytest.param("environment: {A: 1}", {"A": "1"}, id="mapping"),
    ],
)
def test_environment(text: str, expected: dict[str, str | None]) -> None:
    assert {name: fact.value for name, fact in service(text).env.items()} == expected


def test_env_file_brings_more() -> None:
    assert service("image: a").env_is_complete
    assert not service("env_file: .env").env_is_complete


def test_image_with_its_place() -> None:
    image = service("image: ghcr.io/acme/web:v1").image
    assert image
    assert image.value
    assert (image.value.repository, image.value.tag) == ("ghcr.io/acme/web", "v1")
    assert (image.at.path, image.at.line, image.at.span.column) == ("deploy/compose.yaml", 3, 12)
