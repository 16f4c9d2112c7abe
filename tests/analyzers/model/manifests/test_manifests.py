from __future__ import annotations

from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents

BUNDLE = """\
apiVersion: v1
kind: ConfigMap
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec: {template: {spec: {containers: [{name: no}]}}}
---
apiVersion: v1
kind: Service
---
apiVersion: v1
kind: Pod
spec: {containers: [{name: yes}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
spec: {scaleTargetRef: {name: web}}
"""


def test_nothing() -> None:
    assert not read_manifests("a.yaml", ())
    assert not read_manifests("a.yaml", documents("a: b\n"))


def test_a_bundle_is_sorted_by_kind() -> None:
    found = read_manifests("a.yaml", documents(BUNDLE), templated=True)
    assert [each.kind for each in found.workloads] == ["Pod"]
    assert (len(found.services), len(found.autoscalers), len(found.settings)) == (1, 1, 1)
    assert (found.path, found.templated) == ("a.yaml", True)
