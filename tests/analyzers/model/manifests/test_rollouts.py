from __future__ import annotations

import pytest

from tests.analyzers.model.repositories import autoscaler, repository, workload

WEB = workload("web", "acme/web")
ROLLOUT = """\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web-rollout}
spec:
  replicas: 3
  strategy: {canary: {}}
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}
"""


@pytest.mark.parametrize(
    ("rollout", "expected"),
    [
        pytest.param("", [("Deployment", "web", None)], id="none"),
        pytest.param(
            ROLLOUT.replace("name: web}\n", "name: api}\n"), [("Deployment", "web", None)], id="of another"
        ),
        pytest.param(
            ROLLOUT.replace("web-rollout", "web-rollout, namespace: x"),
            [("Deployment", "web", None)],
            id="in another namespace",
        ),
        pytest.param(ROLLOUT + "---\n" + ROLLOUT, [("Deployment", "web", None)], id="of two"),
        pytest.param(ROLLOUT, [("Rollout", "web-rollout", 3)], id="of one"),
    ],
)
def test_a_deployment_runs_as_its_rollout(rollout: str, expected: list[tuple[str, str, int | None]]) -> None:
    found = repository({"k8s/web.yaml": WEB, "k8s/rollout.yaml": rollout})
    assert [
        (item.workload.kind, item.workload.name, item.workload.replicas and item.workload.replicas.value)
        for item in found.deployed
    ] == expected


def test_its_autoscaler_and_strategy() -> None:
    scaler = autoscaler("web-rollout").replace("kind: Deployment", "kind: Rollout")
    (item,) = repository({"k8s/web.yaml": WEB, "k8s/rollout.yaml": ROLLOUT, "k8s/hpa.yaml": scaler}).deployed
    assert item.autoscaler
    assert item.workload.strategy
    assert item.workload.strategy.value == "Canary"
