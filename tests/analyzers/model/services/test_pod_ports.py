"""Ports of a pod as manifests speak of them."""

from __future__ import annotations

import pytest

from analyzers.model.services.pod_ports import (
    claims_on,
    is_alone,
    number_of,
    port_probes,
    probed_number,
    title_of,
)
from tests.analyzers.model.manifests.pods import container, workload
from tests.analyzers.model.repositories import repository
from tests.analyzers.model.repositories import workload as manifest

ONE = "containers:\n  - name: web\n"


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        pytest.param(ONE, True, id="one"),
        pytest.param(ONE + "  - name: proxy\n", False, id="a neighbour"),
        pytest.param("initContainers:\n  - name: wait\n" + ONE, True, id="one that ends before"),
        pytest.param(
            "initContainers:\n  - name: proxy\n    restartPolicy: Always\n" + ONE, False, id="a sidecar"
        ),
    ],
)
def test_whether_a_container_has_the_ports_to_itself(pod: str, expected: bool) -> None:
    assert is_alone(workload(pod)) is expected


@pytest.mark.parametrize("name", ["sidecar.istio.io/inject", "linkerd.io/inject", "dapr.io/enabled"])
def test_an_injected_proxy_is_a_neighbour(name: str) -> None:
    text = manifest("web", "acme/web").replace(
        "    metadata:\n", f'    metadata:\n      annotations: {{{name}: "true"}}\n', 1
    )
    (deployed,) = repository({"k8s.yaml": text}).deployed
    assert not is_alone(deployed.workload)


def test_a_name_stands_for_the_number_of_its_port() -> None:
    web = container("ports:\n  - {name: http, containerPort: 8080}\n")
    assert [number_of(port, (web,)) for port in ("http", "admin", 9090, None)] == [8080, None, 9090, None]


def test_probes_of_another_host_ask_no_port_of_the_pod() -> None:
    web = container(
        "readinessProbe:\n  httpGet: {port: 80, host: example.com}\n"
        "livenessProbe:\n  tcpSocket: {port: 81}\nstartupProbe:\n  exec: {command: [up]}\n"
    )
    assert [(name, probed_number(probe, web)) for name, probe in port_probes(web)] == [("liveness", 81)]


def test_who_else_writes_a_number() -> None:
    text = manifest(
        "web",
        "acme/web",
        extra="          ports: [{containerPort: 81}, {containerPort: 81, protocol: UDP}]\n",
    )
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n"
        "  ports: [{port: 80, targetPort: 81}, {port: 81}]\n"
    )
    (deployed,) = repository({"k8s.yaml": text + service}).deployed
    assert [claim.role for claim in claims_on(81, deployed)] == [
        "declares the port",
        "Service `web` sends requests there",
    ]
    assert claims_on(82, deployed) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("web", "Service `web`"), ("${NAME}", "the Service"), ("{{ .Release.Name }}", "the Service")],
)
def test_a_service_whose_name_is_made_later_is_not_named(name: str, expected: str) -> None:
    text = f"apiVersion: v1\nkind: Service\nmetadata:\n  name: '{name}'\nspec:\n  ports: [{{port: 80}}]\n"
    (service,) = repository({"k8s.yaml": text}).cluster_services
    assert title_of(service) == expected
