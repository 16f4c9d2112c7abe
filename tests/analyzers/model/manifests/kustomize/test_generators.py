"""ConfigMaps that kustomizations generate."""

from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.kustomize.overlays import (
    CONTAINER,
    TAKES,
    WEB,
    at,
)
from tests.analyzers.model.manifests.kustomize.trees import build, plain, tree


@pytest.mark.parametrize(
    ("overlay", "data"),
    [
        pytest.param(
            "configMapGenerator: [{name: c, literals: [A=1, B='x y']}]\n", "{A: '1', B: x y}", id="literals"
        ),
        pytest.param(
            "configMapGenerator: [{name: c, envs: [e.env]}]\n", "{A: '2', C: 'x=y'}", id="variables"
        ),
        pytest.param("configMapGenerator: [{name: c, files: [e.env, k=e.env]}]\n", None, id="files"),
        pytest.param(
            "configMapGenerator: [{name: c, files: [big.bin]}]\n", "{big.bin: '\ue000'}", id="unread file"
        ),
        pytest.param("configMapGenerator: [{name: c, literals: [A]}]\n", "{}", id="no value"),
    ],
)
def test_generators(overlay: str, data: str | None) -> None:
    env = "# comment\nA=2\n\n  C=x=y\n"
    found = build({"prod/kustomization.yaml": overlay, "prod/e.env": env})
    expected = tree(data) if data else {"e.env": env, "k": env}
    assert plain(at(found, "ConfigMap", "data")) == expected


def test_generated_names_and_places() -> None:
    base = "configMapGenerator: [{name: c, literals: [A=1, B=1]}]\nresources: [web.yaml]\n"
    overlay = TAKES + "namePrefix: p-\nconfigMapGenerator: [{name: c, behavior: merge, literals: [B=2]}]\n"
    web = WEB.replace("name: settings", "name: c")
    files = {"base/kustomization.yaml": base, "base/web.yaml": web, "prod/kustomization.yaml": overlay}
    found = build(files)
    data = at(found, "ConfigMap", "data")
    assert [(name, entry.value.text, entry.value.origin) for name, entry in data.items()] == [
        ("A", "1", "base/kustomization.yaml"),
        ("B", "2", "prod/kustomization.yaml"),
    ]
    reference = at(found, "Deployment", *CONTAINER, "env", "0", "valueFrom", "configMapKeyRef", "name")
    assert reference.text == at(found, "ConfigMap", "metadata", "name").text == "p-c"


@pytest.mark.parametrize(
    ("behavior", "is_complete"),
    [("create", True), ("replace", True), pytest.param("merge", False, id="what it adds to is not known")],
)
def test_whether_generated_data_is_all_there_is(behavior: str, is_complete: bool) -> None:
    overlay = (
        f"generators: [base.yaml]\nconfigMapGenerator: [{{name: c, behavior: {behavior}, literals: [A=1]}}]\n"
    )
    data = at(build({"prod/kustomization.yaml": overlay}), "ConfigMap", "data")
    assert (plain(data), data.is_complete) == ({"A": "1"}, is_complete)
