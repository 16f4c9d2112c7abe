"""Which Service a gRPC client calls, and what stands behind it."""

from __future__ import annotations

import pytest

from analyzers.model.repository import Repository
from analyzers.model.services.grpc_calls import GrpcCall, find_grpc_calls, is_served_outside
from tests.analyzers.model.go_source import go_main
from tests.analyzers.model.repositories import autoscaler, cluster_service, module, repository, workload

MAIN = go_main('grpc.NewClient("orders:80")')


def shop(*manifests: str) -> Repository:
    return repository({"go.mod": module(), "main.go": MAIN, "k8s.yaml": "---\n".join(manifests)})


def calls(read: Repository) -> list[GrpcCall]:
    return list(find_grpc_calls(read.services, read.deployed, read.manifests))


def pods(replicas: str = "", extra: str = "") -> str:
    return workload("orders", "acme/orders", extra=extra).replace("spec:\n", f"spec:\n{replicas}", 1)


SERVICE = cluster_service("orders", "orders")


@pytest.mark.parametrize(
    ("manifests", "pods_behind", "is_one"),
    [
        pytest.param([SERVICE], None, False, id="no workload"),
        pytest.param([SERVICE, pods()], None, False, id="nothing said"),
        pytest.param([SERVICE, pods("  replicas: 1\n")], None, True, id="one"),
        pytest.param([SERVICE, pods("  replicas: 3\n")], 3, False, id="three"),
        pytest.param([SERVICE, pods("  replicas: 1\n"), autoscaler("orders")], 4, False, id="scaled"),
    ],
)
def test_how_many_pods_are_called(manifests: list[str], pods_behind: int | None, is_one: bool) -> None:
    (call,) = calls(shop(*manifests))
    assert (call.crowd and call.crowd.pods, call.is_to_one_pod) == (pods_behind, is_one)


@pytest.mark.parametrize(
    "manifests",
    [
        pytest.param([cluster_service("payments", "orders")], id="another name"),
        pytest.param([SERVICE.replace("spec:\n", "spec:\n  type: ExternalName\n")], id="a name outside"),
        pytest.param(
            [
                SERVICE,
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {istio-injection: enabled}}\n",
            ],
            id="a mesh",
        ),
        pytest.param([SERVICE.replace("port: 80", "port: 8080")], id="a port that the Service lacks"),
    ],
)
def test_nothing_is_called(manifests: list[str]) -> None:
    assert calls(shop(*manifests)) == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("", True),
        ("      targetPort: 80\n", True),
        ("      targetPort: 81\n", False),
        ("      targetPort: grpc\n", False),
    ],
)
def test_whether_pods_listen_on_the_ports_of_the_service(target: str, expected: bool) -> None:
    (call,) = calls(shop(SERVICE + target, pods()))
    assert call.keeps_ports is expected


@pytest.mark.parametrize(
    ("kind", "backend", "expected"),
    [("ClusterIP", "web", False), ("ClusterIP", "orders", True), ("NodePort", "web", True)],
)
def test_who_comes_from_outside(kind: str, backend: str, expected: bool) -> None:
    ingress = (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in}\nspec:\n  defaultBackend:\n"
        f"    service: {{name: {backend}, port: {{number: 80}}}}\n"
    )
    read = shop(SERVICE.replace("spec:\n", f"spec:\n  type: {kind}\n"), ingress)
    (call,) = calls(read)
    assert is_served_outside(call.called, read.routes) is expected
