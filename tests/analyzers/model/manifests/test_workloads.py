from __future__ import annotations

import pytest

from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents
from tests.analyzers.model.manifests.pods import PATH, workload

POD = "containers: [{name: web}]"


@pytest.mark.parametrize(
    ("version", "kind", "spec", "runs_forever"),
    [
        ("v1", "Pod", f"spec: {{{POD}}}", False),
        ("batch/v1", "Job", f"spec: {{template: {{spec: {{{POD}}}}}}}", False),
        ("batch/v1", "CronJob", f"spec: {{jobTemplate: {{spec: {{template: {{spec: {{{POD}}}}}}}}}}}", False),
        ("apps/v1", "StatefulSet", f"spec: {{template: {{spec: {{{POD}}}}}}}", True),
        ("argoproj.io/v1alpha1", "Rollout", f"spec: {{template: {{spec: {{{POD}}}}}}}", True),
        ("serving.knative.dev/v1", "Service", f"spec: {{template: {{spec: {{{POD}}}}}}}", True),
    ],
)
def test_every_kind_has_its_pod(version: str, kind: str, spec: str, runs_forever: bool) -> None:
    text = f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web}}\n{spec}\n"
    (found,) = read_manifests(PATH, documents(text)).workloads
    assert (found.kind, found.name, [c.name for c in found.containers]) == (kind, "web", ["web"])
    assert found.runs_forever is runs_forever


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param("spec:", id="no spec"),
        pytest.param("spec: {workloadRef: {kind: Other, name: web}}", id="the template is elsewhere"),
        pytest.param("spec: {template: {spec: text}}", id="text in the place of a pod"),
    ],
)
def test_without_a_pod_there_is_no_workload(spec: str) -> None:
    text = f"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n{spec}\n"
    assert not read_manifests(PATH, documents(text))


FULL = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations: {a: object, b: object}
spec:
  replicas: 3
  template:
    metadata:
      labels: {app: web}
      annotations: {b: pod}
    spec:
      terminationGracePeriodSeconds: 60
      initContainers: [{name: setup}]
      containers: [{name: web}, {name: proxy}]
"""


def test_a_whole_deployment() -> None:
    (found,) = read_manifests(PATH, documents(FULL)).workloads
    assert (found.namespace, found.labels, found.annotations) == (
        "shop",
        {"app": "web"},
        {"a": "object", "b": "pod"},
    )
    assert [each.name for each in found.init_containers] == ["setup"]
    assert [each.name for each in found.containers] == ["web", "proxy"]
    assert found.replicas
    assert (found.replicas.value, found.replicas.at.line) == (3, 8)
    assert found.grace_period
    assert (found.grace_period.value, str(found.grace_period.at)) == (60, f"{PATH}:14")
    assert (found.at.line, found.pod_at and found.pod_at.line) == (2, 14)
    assert found.is_complete


def test_defaults_are_left_to_the_rules() -> None:
    found = workload("containers: [{name: web}]\n")
    assert (found.grace_period, found.replicas, found.namespace, found.labels) == (None, None, "", {})


@pytest.mark.parametrize(
    "pod",
    [
        pytest.param("{{- toYaml .x | nindent 6 }}\ncontainers: [{name: web}]\n", id="the pod's spec"),
        pytest.param("containers:\n- name: web\n{{- toYaml .x | nindent 6 }}\n", id="the list of containers"),
    ],
)
def test_what_a_template_may_add_to_is_incomplete(pod: str) -> None:
    assert not workload(pod, templated=True).is_complete


def test_more_containers_than_anyone_writes_are_cut_off() -> None:
    found = workload(f"containers: [{'{name: web},' * 300}]\n")
    assert len(found.containers) == 200
    assert not found.is_complete


def test_templated_numbers_are_unknown() -> None:
    found = workload("terminationGracePeriodSeconds: {{ .x }}\ncontainers: [{name: web}]\n", templated=True)
    assert found.grace_period
    assert found.grace_period.value is None
    assert found.is_complete


KNATIVE = "apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n"


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        pytest.param("[{image: a}]", [("user-container", "8080")], id="the port it is asked on by default"),
        pytest.param("[{name: a, ports: [{containerPort: 90}]}]", [("a", "90")], id="its own port"),
        pytest.param("[{ports: [{containerPort: '{{ .P }}'}]}]", [("user-container", None)], id="unknown"),
        pytest.param(
            "[{name: a, ports: [{containerPort: 90}]}, {name: b}]",
            [("a", "90"), ("b", "-")],
            id="one beside it is not asked",
        ),
    ],
)
def test_what_knative_sets(containers: str, expected: list[tuple[str, str | None]]) -> None:
    (found,) = read_manifests(PATH, documents(f"{KNATIVE}      containers: {containers}\n")).workloads
    ports = [each.variable("PORT") for each in found.containers]
    assert [
        (each.name, port.value if port else "-") for each, port in zip(found.containers, ports, strict=True)
    ] == expected
    assert all(each.variable("K_SERVICE") for each in found.containers)


@pytest.mark.parametrize(("timeout", "expected"), [("", None), ("      timeoutSeconds: 60\n", 60)])
def test_how_long_knative_lets_a_pod_end(timeout: str, expected: int | None) -> None:
    text = f"{KNATIVE}{timeout}      containers: [{{image: a}}]\n"
    (found,) = read_manifests(PATH, documents(text)).workloads
    assert found.grace_seconds == expected
