"""Where a program listens once its manifest has started it."""

from __future__ import annotations

import pytest

from analyzers.model.services.served_ports import Served, served_listens, served_ports
from tests.analyzers.model.go_source import go_main
from tests.analyzers.model.repositories import dockerfile, module, repository, workload

ADDRESS = 'address := os.Getenv("ADDRESS")\nif address == "" {\n\taddress = "127.0.0.1:8080"\n}\n'


def listens(body: str, extra: str = "") -> tuple[Served, ...]:
    files = {
        "go.mod": module(),
        "main.go": go_main(body),
        "Dockerfile": dockerfile(),
        "k8s.yaml": workload("web", "acme/web", extra=extra),
    }
    read = repository(files)
    return served_listens(read.programs[0], read.deployed[0].container, read.images[0])


def env(value: str) -> str:
    return f"          env:\n            - name: ADDRESS\n              {value}\n"


@pytest.mark.parametrize(
    ("body", "extra", "expected"),
    [
        pytest.param('http.ListenAndServe(":80", nil)', "", (80, ""), id="all addresses"),
        pytest.param('http.ListenAndServe("localhost:80", nil)', "", (80, "localhost"), id="one address"),
        pytest.param(
            ADDRESS + "http.ListenAndServe(address, nil)", "", (8080, "127.0.0.1"), id="the default"
        ),
        pytest.param(
            ADDRESS + "http.ListenAndServe(address, nil)",
            env("value: ':90'"),
            (90, ""),
            id="moved and opened",
        ),
        pytest.param(
            ADDRESS + "http.ListenAndServe(address, nil)",
            env("valueFrom: {secretKeyRef: {name: a, key: b}}"),
            (None, None),
            id="moved by a Secret",
        ),
        pytest.param(
            'http.ListenAndServe("127.0.0.1:" + os.Getenv("ADDRESS"), nil)',
            env("value: '90'"),
            (90, "127.0.0.1"),
            id="only the port is moved",
        ),
    ],
)
def test_an_address(body: str, extra: str, expected: tuple[int | None, str | None]) -> None:
    (served,) = listens(body, extra)
    assert (served.port, served.host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost", True),
        ("127.0.0.53", True),
        ("[::1]", True),
    ],
)
def test_loopback(host: str, expected: bool) -> None:
    (served,) = listens(f'http.ListenAndServe("{host}:80", nil)')
    assert served.is_on_loopback is expected


def test_no_port_is_told_where_one_is_unknown() -> None:
    files = {
        "go.mod": module(),
        "main.go": go_main('go http.ListenAndServe(":80", nil)\nhttp.ListenAndServe(os.Getenv("A"), nil)'),
        "Dockerfile": dockerfile(),
        "k8s.yaml": workload("web", "acme/web"),
    }
    read = repository(files)
    assert served_ports(read.programs[0], read.deployed[0].container, read.images[0]) is None
