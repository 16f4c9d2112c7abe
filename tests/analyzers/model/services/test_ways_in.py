"""Routes, the Services they send to, and the Gateways that let them in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.analyzers.model.repositories import cluster_service, repository

GATEWAY = (
    "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public}\n"
    "spec: {listeners: [{name: web, port: 80, protocol: HTTP}, {name: https, port: 443, protocol: HTTPS}]}\n"
)


def http_route(service: str, parent: str) -> str:
    return (
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\n"
        f"spec: {{parentRefs: [{parent}], rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]}}\n"
    )


SERVICE = {"k8s/orders.yaml": cluster_service("orders", "orders")}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(SERVICE, id="no route"),
        pytest.param({"k8s/r.yaml": http_route("orders", "{name: public}")}, id="no Service"),
        pytest.param({**SERVICE, "k8s/r.yaml": http_route("billing", "{name: public}")}, id="another"),
        pytest.param(
            {
                "eu/orders.yaml": cluster_service("orders", "orders"),
                "us/orders.yaml": cluster_service("orders", "orders"),
                "routes/r.yaml": http_route("orders", "{name: public}"),
            },
            id="one of two",
        ),
    ],
)
def test_no_way_in(files: Mapping[str, str]) -> None:
    assert repository(files).ways_in == ()


@pytest.mark.parametrize(
    ("parent", "ports"),
    [
        pytest.param("{name: elsewhere}", [], id="a Gateway elsewhere"),
        pytest.param("{name: public, namespace: infra}", [], id="another namespace"),
        pytest.param("{name: public, sectionName: admin}", [], id="no such listener"),
        pytest.param("{name: public}", [80, 443], id="all listeners"),
        pytest.param("{name: public, sectionName: https}", [443], id="one listener"),
        pytest.param("{name: public, port: 80}", [80], id="one port"),
    ],
)
def test_the_listeners_before_a_route(parent: str, ports: list[int]) -> None:
    files = {**SERVICE, "k8s/gateway.yaml": GATEWAY, "k8s/r.yaml": http_route("orders", parent)}
    (way,) = repository(files).ways_in
    assert (way.service.name, way.backend.port) == ("orders", 80)
    assert [listener.port for listener in way.listeners] == ports


def test_the_nearest_of_namesakes() -> None:
    files = {
        f"{place}/{name}.yaml": text
        for place in ("eu", "us")
        for name, text in {
            "orders": cluster_service("orders", "orders"),
            "gateway": GATEWAY,
            "route": http_route("orders", "{name: public, port: 80}"),
        }.items()
    }
    assert [
        (way.route.path, way.service.path, way.listeners[0].at.path) for way in repository(files).ways_in
    ] == [(f"{place}/route.yaml", f"{place}/orders.yaml", f"{place}/gateway.yaml") for place in ("eu", "us")]
