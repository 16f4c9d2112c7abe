"""Fields of containers and pods that are facts of their own."""

from __future__ import annotations

import pytest

from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents
from tests.analyzers.model.manifests.pods import container, workload


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        pytest.param("image: web\n", None, id="no hook"),
        pytest.param("lifecycle: {preStop: {sleep: {seconds: 5}}}\n", None, id="another hook"),
        pytest.param(
            "lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}\n",
            ("sh", "-c", "sleep 5"),
            id="words",
        ),
    ],
)
def test_prestop_command(fields: str, command: tuple[str, ...] | None) -> None:
    assert container(fields).prestop_command == command


def test_ports() -> None:
    found = container("ports: [{containerPort: 53, protocol: UDP}, {containerPort: 80}]\n").ports
    assert [(port.number, port.protocol) for port in found] == [(53, "UDP"), (80, "TCP")]
    assert found[0].number_at
    assert (found[0].number_at.line, found[0].number_at.span.column) == (10, 35)


def test_mounts_and_volumes() -> None:
    found = workload(
        "volumes: [{name: tmp, emptyDir: {}}, {name: keys, secret: {secretName: s}}]\n"
        "containers:\n  - name: web\n    volumeMounts: [{name: tmp, mountPath: /tmp, readOnly: true}]\n"
    )
    (mount,) = found.containers[0].mounts
    assert (mount.volume, mount.path, mount.is_read_only) == ("tmp", "/tmp", True)
    assert [(volume.name, volume.kind, volume.object_name) for volume in found.volumes] == [
        ("tmp", "emptyDir", ""),
        ("keys", "secret", "s"),
    ]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param("resource: limits.cpu", ("resource", "limits.cpu"), id="its own"),
        pytest.param(
            "resource: limits.cpu, containerName: web", ("resource", "limits.cpu"), id="its own by name"
        ),
        pytest.param("resource: limits.cpu, containerName: db", ("unknown", ""), id="that of a neighbour"),
    ],
)
def test_whose_resource(resource: str, expected: tuple[str, str]) -> None:
    (found,) = container(f"env: [{{name: A, valueFrom: {{resourceFieldRef: {{{resource}}}}}}}]\n").env
    assert (found.source, found.resource) == expected


@pytest.mark.parametrize(
    ("pod", "memory"),
    [
        pytest.param("", None, id="nobody's"),
        pytest.param("resources: {limits: {cpu: 1}}\n", None, id="another resource of the pod"),
        pytest.param("resources: {limits: {memory: 1Gi}}\n", [None], id="the pod's, shared"),
    ],
)
def test_limits_of_the_whole_pod(pod: str, memory: list[None] | None) -> None:
    found = workload(f"{pod}containers: [{{name: web}}]\n").containers[0].limits.get("memory")
    assert (found and [found.value]) == memory


def test_sidecars_are_init_containers_that_restart() -> None:
    found = workload(
        "initContainers: [{name: setup}, {name: proxy, restartPolicy: Always}]\ncontainers: [{name: web}]\n"
    )
    assert [each.name for each in found.sidecars] == ["proxy"]


@pytest.mark.parametrize(
    ("handlers", "expected"),
    [
        ("httpGet: {port: 80}", ("httpGet",)),
        ("httpGet: {port: 80}, tcpSocket: {port: 80}", ("httpGet", "tcpSocket")),
    ],
)
def test_handlers_of_a_probe(handlers: str, expected: tuple[str, ...]) -> None:
    probe = container(f"livenessProbe: {{{handlers}}}\n").liveness
    assert probe
    assert probe.handlers == expected


def test_other_fields() -> None:
    found = container(
        "imagePullPolicy: Never\nsecurityContext: {readOnlyRootFilesystem: yes}\n"
        "readinessProbe: {grpc: {port: 80, service: orders}}\n"
    )
    assert found.pull_policy
    assert found.is_read_only
    assert found.readiness
    assert (found.pull_policy.value, found.is_read_only.value, found.readiness.service) == (
        "Never",
        True,
        "orders",
    )


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("Deployment", "strategy: {type: Recreate}", "Recreate"),
        ("StatefulSet", "updateStrategy: {type: OnDelete}", "OnDelete"),
        ("Deployment", "replicas: 1", None),
    ],
)
def test_strategy(kind: str, spec: str, expected: str | None) -> None:
    pod = "template: {spec: {shareProcessNamespace: true, containers: [{name: web}]}}"
    text = f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: web}}\nspec: {{{spec}, {pod}}}\n"
    (found,) = read_manifests("web.yaml", documents(text)).workloads
    assert found.shares_processes
    assert found.shares_processes.value is True
    assert (found.strategy.value if found.strategy else None) == expected


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        ("{containerPort: 80}", True),
        ("{containerPort: 80, name: http}", True),
        ("{containerPort: 80, name: '${NAME}'}", False),
        ("{containerPort: '${PORT}', name: http}", False),
    ],
)
def test_whether_a_port_is_known(port: str, expected: bool) -> None:
    (found,) = container(f"ports:\n  - {port}\n").ports
    assert found.is_known is expected
