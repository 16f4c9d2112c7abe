"""Gateways and their listeners."""

from __future__ import annotations

import pytest

from analyzers.model.cluster import Gateway, Listener
from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents, template

API, ISTIO = "gateway.networking.k8s.io/v1", "networking.istio.io/v1"


def gateways(version: str, spec: str, *, templated: bool = False) -> tuple[Gateway, ...]:
    text = (
        f"apiVersion: {version}\nkind: Gateway\nmetadata: {{name: public, namespace: infra}}\nspec: {spec}\n"
    )
    read = template if templated else documents
    return read_manifests("k8s/gateway.yaml", read(text), templated=templated).gateways


def told(listener: Listener) -> tuple[str, int | None, str | None, tuple[str, ...], str]:
    return listener.name, listener.port, listener.protocol, listener.hosts, listener.tls_mode


@pytest.mark.parametrize("version", ["networking.gke.io/v1", "example.com/v1", "v1"])
def test_other_kinds_of_that_name(version: str) -> None:
    assert gateways(version, "{listeners: [{port: 80, protocol: HTTP}]}") == ()


@pytest.mark.parametrize(
    ("version", "spec", "expected"),
    [
        pytest.param(API, "{}", [], id="nothing"),
        pytest.param(API, "{listeners: [{}]}", [("", None, None, (), "")], id="nothing said"),
        pytest.param(API, "{listeners: [{port: '$PORT'}]}", [("", None, None, (), "")], id="unknown"),
        pytest.param(
            API,
            "{listeners: [{name: web, port: 80, protocol: HTTP}, {name: https, port: 443, protocol: HTTPS,"
            " hostname: a.io, tls: {mode: Terminate}}]}",
            [("web", 80, "HTTP", (), ""), ("https", 443, "HTTPS", ("a.io",), "TERMINATE")],
            id="the Gateway API's",
        ),
        pytest.param(
            ISTIO,
            "{servers: [{port: {number: 80, name: http, protocol: http2}, hosts: ['*']},"
            " {port: {number: 443, name: tls, protocol: TLS}, hosts: [a.io], tls: {mode: PASSTHROUGH}}]}",
            [("http", 80, "HTTP2", (), ""), ("tls", 443, "TLS", ("a.io",), "PASSTHROUGH")],
            id="Istio's",
        ),
    ],
)
def test_listeners(version: str, spec: str, expected: list[object]) -> None:
    (found,) = gateways(version, spec)
    assert [told(listener) for listener in found.listeners] == expected
    assert (found.group, found.name, found.namespace) == (version.partition("/")[0], "public", "infra")


def test_a_templated_one_is_incomplete() -> None:
    spec = "\n  listeners:\n    {{- toYaml .Values.listeners | nindent 4 }}"
    (found,) = gateways(API, spec, templated=True)
    assert not found.is_complete
