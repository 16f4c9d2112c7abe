from __future__ import annotations

import pytest

from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents

HPA = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: "
KEDA = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: "


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HPA + "{maxReplicas: 3}\n", id="no target"),
        pytest.param(HPA + "{scaleTargetRef: {name: '${N}'}}\n", id="target not known"),
    ],
)
def test_without_a_known_target_there_is_none(text: str) -> None:
    assert not read_manifests("hpa.yaml", documents(text))


@pytest.mark.parametrize(
    ("text", "kind", "maximum"),
    [
        pytest.param(
            HPA + "{scaleTargetRef: {kind: StatefulSet, name: web}, maxReplicas: 9}\n",
            "StatefulSet",
            9,
            id="HPA",
        ),
        pytest.param(
            HPA + "{scaleTargetRef: {name: web}, maxReplicas: '${M}'}\n",
            "Deployment",
            None,
            id="unknown maximum",
        ),
        pytest.param(
            KEDA + "{scaleTargetRef: {name: web}, maxReplicaCount: 20}\n", "Deployment", 20, id="KEDA"
        ),
        pytest.param(KEDA + "{scaleTargetRef: {name: web}}\n", "Deployment", 100, id="KEDA's default"),
    ],
)
def test_autoscaler(text: str, kind: str, maximum: int | None) -> None:
    (found,) = read_manifests("hpa.yaml", documents(text)).autoscalers
    assert (found.target_kind, found.target_name, found.max_replicas) == (kind, "web", maximum)
