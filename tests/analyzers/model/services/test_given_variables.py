"""Variables that a container lacks, and who keeps them."""

from __future__ import annotations

import pytest

from analyzers.model.repository import Repository
from analyzers.model.services.declared_ports import disagreement, fixed_listens
from analyzers.model.services.given_variables import keeper_of, lacks
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload

WEB = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(%s, nil) }\n'


def read(extra: str = "", image: str = "", main: str = MAIN, settings: str = "{A: b}") -> Repository:
    text = dockerfile().replace("FROM scratch\n", image or "FROM scratch\n")
    lines = "".join(f"          {line}\n" for line in extra.splitlines())
    config = f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata: {settings}\n"
    return repository(
        {
            "go.mod": module("example.com/web"),
            "main.go": main,
            "Dockerfile": text,
            "k8s/web.yaml": workload("web", "acme/web", extra=lines) + config,
        }
    )


@pytest.mark.parametrize(
    ("extra", "image", "name", "expected"),
    [
        pytest.param("env: [{name: A, value: b}]", "", "A", False, id="in env"),
        pytest.param("envFrom: [{configMapRef: {name: c}}]", "", "A", False, id="in envFrom"),
        pytest.param("envFrom: [{configMapRef: {name: d}}]", "", "A", False, id="in what is not here"),
        pytest.param("", "FROM scratch\nENV A=b\n", "A", False, id="in the image"),
        pytest.param("", "FROM registry.acme.com/base\n", "A", False, id="on a base that may set it"),
        pytest.param("", "", "HOSTNAME", False, id="always there"),
        pytest.param("", "", "STOCK_SERVICE_HOST", False, id="set by the cluster"),
        pytest.param("", "", "A", True, id="nowhere"),
        pytest.param("", "FROM gcr.io/distroless/static\n", "A", True, id="on distroless"),
        pytest.param("envFrom: [{configMapRef: {name: c}}]", "", "B", True, id="another key"),
    ],
)
def test_what_a_container_lacks(extra: str, image: str, name: str, expected: bool) -> None:
    (service,) = read(extra, image).services
    (deployed,) = service.running
    assert service.image
    assert lacks(deployed, service.image, [name]) is expected


def test_who_keeps_a_variable() -> None:
    found = read()
    (deployed,) = found.deployed
    keeper = keeper_of("A", deployed.workload, found.manifests)
    assert keeper
    assert keeper.name == "c"
    assert keeper_of("B", deployed.workload, found.manifests) is None


@pytest.mark.parametrize(
    ("extra", "image", "expected"),
    [
        pytest.param("", "", "nobody", id="nobody says"),
        pytest.param("", "FROM scratch\nEXPOSE 80\n", "agreed", id="EXPOSE says so"),
        pytest.param("ports: [{containerPort: 80}]", "", "agreed", id="the container says so"),
        pytest.param(
            "ports: [{containerPort: 81}]", "FROM scratch\nEXPOSE 80\n", "k8s/web.yaml", id="one differs"
        ),
        pytest.param("", "FROM scratch\nEXPOSE $PORT\n", "agreed", id="unknown"),
    ],
)
def test_who_declares_a_port(extra: str, image: str, expected: str) -> None:
    found = read(extra, image, WEB % '":80"')
    cause = disagreement(80, found.services)
    told = "agreed" if cause is False else "nobody" if cause is True else cause.path
    assert told == expected


@pytest.mark.parametrize(
    ("address", "ports"),
    [('":80"', [80]), ('"localhost:80"', []), ('os.Getenv("ADDR")', []), ('":0"', [])],
)
def test_ports_that_nothing_decides(address: str, ports: list[int]) -> None:
    (program,) = read(main=(WEB % address).replace('"net/http"', '"net/http"; import "os"')).programs
    assert [listen.port for listen in fixed_listens(program)] == ports
