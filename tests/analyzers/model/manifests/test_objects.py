from __future__ import annotations

import pytest

from analyzers.model.manifests.objects import find_objects, find_undecided
from tests.analyzers.documents import documents, template


def kinds(text: str) -> list[str]:
    return [kind for kind, _, _ in find_objects(documents(text))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty file"),
        pytest.param("just text", id="text"),
        pytest.param("- kind: Deployment\n", id="list of something"),
        pytest.param("kind: Deployment\n", id="no apiVersion"),
        pytest.param("apiVersion: example.com/v1\nkind: Deployment\n", id="a kind of somebody else's API"),
        pytest.param("apiVersion: v1\nkind: Deployment\n", id="group of another kind"),
        pytest.param("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n", id="CRD"),
        pytest.param("apiVersion: [apps/v1]\nkind: {a: b}\n", id="wrong shapes"),
        pytest.param("apiVersion: serving.kserve.io/v1\nkind: Service\n", id="a Service of another API"),
    ],
)
def test_nothing_known(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("apps/v1", "Deployment"),
        ("extensions/v1beta1", "Deployment"),
        ("batch/v1", "CronJob"),
        ("v1", "Pod"),
        ("v1", "Service"),
        ("serving.knative.dev/v1", "Service"),
        ("argoproj.io/v1alpha1", "Rollout"),
        ("keda.sh/v1alpha1", "ScaledObject"),
    ],
)
def test_known(version: str, kind: str) -> None:
    assert kinds(f"apiVersion: {version}\nkind: {kind}\n") == [kind]


def test_lists_are_opened_in_order() -> None:
    text = """\
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Service}
          - apiVersion: v1
            kind: List
            items: [{apiVersion: apps/v1, kind: Deployment}]
          - {apiVersion: v1, kind: Pod}
        ---
        {apiVersion: v1, kind: Secret}
    """
    assert kinds(text) == ["Service", "Deployment", "Pod", "Secret"]


@pytest.mark.parametrize(
    ("hook", "expected"),
    [("test", []), ("test-success", []), ("pre-install, test", []), ("pre-install", ["Pod"])],
)
def test_test_hooks_are_left_out(hook: str, expected: list[str]) -> None:
    text = f"apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    helm.sh/hook: {hook}\n"
    assert kinds(text) == expected


def test_a_templated_api_version_is_taken() -> None:
    found = find_objects(template('apiVersion: {{ include "api" . }}\nkind: Deployment\n'))
    assert [kind for kind, _, _ in found] == ["Deployment"]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        pytest.param("kind: Deployment", 0, id="known"),
        pytest.param("kind: {{ .Values.kind }}", 1, id="a template decides"),
        pytest.param(
            "{{ if .Values.a }}\nkind: A\n{{ else }}\nkind: B\n{{ end }}", 1, id="one in each branch"
        ),
        pytest.param("", 0, id="none"),
    ],
)
def test_workloads_of_undecided_kind(kind: str, count: int) -> None:
    text = f"apiVersion: apps/v1\n{kind}\nspec: {{template: {{spec: {{containers: [{{name: a}}]}}}}}}\n"
    assert len(list(find_undecided(template(text)))) == count
