from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.parsers.position import Span
from tests.analyzers.model.manifests.pods import PATH, container, workload


@pytest.mark.parametrize(
    "image",
    [
        pytest.param("${IMAGE}", id="variable"),
        pytest.param("web:$TAG", id="bare variable"),
        pytest.param('"{{ image }}"', id="mustache"),
        pytest.param("[a]", id="list"),
        pytest.param("UPPER CASE", id="no reference"),
    ],
)
def test_unknown_image(image: str) -> None:
    found = container(f"image: {image}\n").image
    assert found
    assert found.value is None


def test_image_with_its_place() -> None:
    found = container("image: ghcr.io/acme/web:v1\n").image
    assert found
    assert found.value
    assert (found.value.repository, found.value.tag) == ("ghcr.io/acme/web", "v1")
    assert found.at == Location(PATH, Span(10, 18, 10, 37))


def test_a_bare_container_says_nothing() -> None:
    found = container()
    assert (found.image, found.command, found.args, found.ports, found.env) == (None, None, None, (), ())
    assert (found.readiness, found.liveness, found.startup, found.prestop_seconds) == (None, None, None, None)
    assert (found.limits, found.requests, found.user, found.must_be_non_root) == ({}, {}, None, None)
    assert found.is_complete
    assert found.env_is_complete


def test_places() -> None:
    found = container("image: web\nports:\n  - containerPort: 8080\n")
    assert found.at.span == Span(9, 11, 9, 20)
    assert found.whole == Location(PATH, Span(9, 11, 12, 34))
    assert found.places["ports"].span == Span(11, 11, 12, 34)


def test_an_anchored_container_stands_where_it_is_written() -> None:
    found = workload("initContainers:\n  - &web {name: web}\ncontainers: [*web]\n").containers
    assert [(each.name, each.at.line) for each in found] == [("web", 9)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            "ports: [{containerPort: 8080, name: http}, {containerPort: 9090}]\n",
            [(8080, "http"), (9090, "")],
            id="known",
        ),
        pytest.param("ports: [{containerPort: '${PORT}'}]\n", [(None, "")], id="variable"),
    ],
)
def test_ports(fields: str, expected: list[tuple[int | None, str]]) -> None:
    assert [(port.number, port.name) for port in container(fields).ports] == expected


def test_ports_that_a_template_may_add_are_one_without_number() -> None:
    fields = "ports:\n  - containerPort: 8080\n  {{- toYaml .x | nindent 12 }}\n"
    assert [port.number for port in container(fields, templated=True).ports] == [8080, None]


@pytest.mark.parametrize(
    ("fields", "limits"),
    [
        pytest.param("resources: {}\n", {}, id="none"),
        pytest.param("resources: {limits: {memory: 1Gi}}\n", {"memory": "1Gi"}, id="memory alone"),
        pytest.param(
            "resources: {limits: {cpu: 2, memory: '${M}'}}\n", {"cpu": "2", "memory": None}, id="a variable"
        ),
        pytest.param(
            "resources:\n  {{- toYaml .x | nindent 12 }}\n", {"cpu": None, "memory": None}, id="from values"
        ),
        pytest.param(
            "resources:\n  limits:\n    cpu: 1\n    {{- toYaml .x | nindent 14 }}\n",
            {"cpu": "1", "memory": None},
            id="partly from values",
        ),
    ],
)
def test_limits(fields: str, limits: dict[str, str | None]) -> None:
    found = container(fields, templated="{{" in fields).limits
    assert {name: fact.value for name, fact in found.items()} == limits


@pytest.mark.parametrize(
    ("fields", "is_complete"),
    [
        pytest.param("{{- toYaml .x | nindent 10 }}\n", False, id="fields may come"),
        pytest.param("args:\n  {{- toYaml .x | nindent 12 }}\n", False, id="arguments are not known"),
        pytest.param("args: ['--port={{ .x }}']\n", True, id="an argument with a value"),
        pytest.param("env:\n  {{- toYaml .x | nindent 12 }}\n", True, id="variables may come"),
    ],
)
def test_completeness(fields: str, is_complete: bool) -> None:
    assert container(fields, templated=True).is_complete is is_complete


def test_command_and_arguments() -> None:
    found = container("command: [/app]\nargs:\n  - --port\n  - 8080\n")
    assert (found.command, found.args) == (("/app",), ("--port", "8080"))


@pytest.mark.parametrize(
    ("pod", "user", "non_root"),
    [
        pytest.param("containers: [{name: web}]\n", None, None, id="nothing said"),
        pytest.param(
            "securityContext: {runAsUser: 1000, runAsNonRoot: true}\ncontainers: [{name: web}]\n",
            1000,
            True,
            id="the pod's",
        ),
        pytest.param(
            "securityContext: {runAsUser: 1}\ncontainers: [{name: web, securityContext: {runAsUser: 0}}]\n",
            0,
            None,
            id="the container's before the pod's",
        ),
    ],
)
def test_user(pod: str, user: int | None, non_root: bool | None) -> None:
    (found,) = workload(pod).containers
    assert (found.user.value if found.user else None) == user
    assert (found.must_be_non_root.value if found.must_be_non_root else None) is non_root


def test_a_templated_security_context_is_unknown() -> None:
    found = container("securityContext:\n  {{- toYaml .x | nindent 12 }}\n", templated=True)
    assert found.user
    assert found.user.value is None
