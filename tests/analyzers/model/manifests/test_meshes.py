"""Where a service mesh is at work."""

from __future__ import annotations

import pytest

from analyzers.model.manifests.meshes import configures_mesh
from tests.analyzers.documents import document


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("apiVersion: apps/v1\nkind: Deployment\n", id="a workload"),
        pytest.param("apiVersion: v1\nkind: Namespace\nmetadata: {labels: {team: shop}}\n", id="a namespace"),
        pytest.param(
            "apiVersion: v1\nkind: Namespace\nmetadata: {labels: {istio-injection: disabled}}\n",
            id="switched off",
        ),
        pytest.param("a: b\n", id="no object"),
    ],
)
def test_no_mesh(text: str) -> None:
    assert not configures_mesh(document(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("apiVersion: networking.istio.io/v1\nkind: VirtualService\n", id="an object of Istio"),
        pytest.param(
            "apiVersion: v1\nkind: Namespace\nmetadata: {labels: {istio-injection: enabled}}\n",
            id="by a label",
        ),
        pytest.param(
            "apiVersion: v1\nkind: Namespace\nmetadata: {annotations: {linkerd.io/inject: enabled}}\n",
            id="by an annotation",
        ),
    ],
)
def test_a_mesh(text: str) -> None:
    assert configures_mesh(document(text))
