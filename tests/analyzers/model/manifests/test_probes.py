from __future__ import annotations

import pytest

from analyzers.model.workload import Probe
from tests.analyzers.model.manifests.pods import container


def probe(fields: str, *, templated: bool = False) -> Probe:
    found = container(f"readinessProbe:\n{fields}", templated=templated).readiness
    assert found
    return found


def test_null_is_no_probe() -> None:
    assert container("readinessProbe:\n").readiness is None


@pytest.mark.parametrize(
    ("fields", "kind", "path", "port"),
    [
        pytest.param("  httpGet: {port: 8080}\n", "http", "/", 8080, id="http, the path by default"),
        pytest.param(
            "  httpGet: {path: /healthz, port: http}\n", "http", "/healthz", "http", id="http, named port"
        ),
        pytest.param(
            "  httpGet: {path: '${P}', port: '8080'}\n",
            "http",
            None,
            "8080",
            id="http, quoted port is a name",
        ),
        pytest.param("  tcpSocket: {port: 5432}\n", "tcp", None, 5432, id="tcp"),
        pytest.param("  grpc: {port: 9000}\n", "grpc", None, 9000, id="grpc"),
    ],
)
def test_handlers(fields: str, kind: str, path: str | None, port: int | str) -> None:
    found = probe(fields)
    assert (found.kind, found.path, found.port and found.port.value) == (kind, path, port)


def test_exec() -> None:
    found = probe("  exec: {command: [cat, /ready]}\n")
    assert (found.kind, found.command, found.port) == ("exec", ("cat", "/ready"), None)


@pytest.mark.parametrize(
    ("fields", "times"),
    [
        pytest.param("  tcpSocket: {port: 1}\n", (0, 10, 1, 3, 1), id="defaults"),
        pytest.param("  periodSeconds: 0\n  timeoutSeconds: 0\n", (0, 10, 1, 3, 1), id="zero is the default"),
        pytest.param("  periodSeconds: '${P}'\n", (0, None, 1, 3, 1), id="variable"),
        pytest.param(
            "  {initialDelaySeconds: 5, periodSeconds: 6, timeoutSeconds: 7,\n"
            "   failureThreshold: 8, successThreshold: 9}\n",
            (5, 6, 7, 8, 9),
            id="written",
        ),
    ],
)
def test_times(fields: str, times: tuple[int | None, ...]) -> None:
    found = probe(fields)
    assert times == (
        found.initial_delay,
        found.period,
        found.timeout,
        found.failure_threshold,
        found.success_threshold,
    )


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("  {{- toYaml .x | nindent 12 }}\n", id="whole"),
        pytest.param("  {{- toYaml .x | nindent 12 }}\n  periodSeconds: 5\n", id="partly"),
    ],
)
def test_templated_probe_is_unknown(fields: str) -> None:
    found = probe(fields, templated=True)
    assert (found.kind, found.path, found.timeout) == ("unknown", None, None)


def test_places() -> None:
    found = probe("  httpGet:\n    path: /up\n    port: 80\n  periodSeconds: 5\n")
    assert (found.at.line, found.at.span.column) == (10, 11)
    assert found.path_at
    assert found.path_at.line == 12
    assert found.port
    assert found.port.at.line == 13
    assert found.places["periodSeconds"].line == 14


def test_numbers_as_written() -> None:
    found = probe(
        "  tcpSocket: {port: 1}\n  periodSeconds: -1\n  timeoutSeconds: 0\n  failureThreshold: ${F}\n"
    )
    assert found.numbers == {"periodSeconds": -1, "timeoutSeconds": 0}


@pytest.mark.parametrize(("host", "expected"), [("", False), (", host: example.com", True)])
def test_another_host(host: str, expected: bool) -> None:
    assert probe(f"  httpGet: {{port: 80{host}}}\n").asks_elsewhere is expected
