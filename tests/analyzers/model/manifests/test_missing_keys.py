"""Keys that are asked for and that nobody has."""

from __future__ import annotations

import pytest

from analyzers.model.manifests.missing_keys import find_missing_keys
from tests.analyzers.model.repositories import repository, workload


def missing(reference: str, settings: str, kustomization: str = "") -> list[tuple[str, str]]:
    extra = f"          env: [{{name: A, valueFrom: {{{reference}}}}}]\n"
    files = {
        "k8s/web.yaml": workload("web", "acme/web", extra=extra),
        "k8s/c.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\n{settings}\n",
    }
    if kustomization:
        files["k8s/kustomization.yaml"] = kustomization
    found = find_missing_keys(repository(files).manifests)
    return [(each.variable.key, each.nearest) for each in found]


ASKED = "configMapKeyRef: {name: c, key: stock-url}"


@pytest.mark.parametrize(
    ("reference", "settings", "kustomization"),
    [
        pytest.param(ASKED, "data: {stock-url: a}", "", id="it is there"),
        pytest.param(ASKED, "binaryData: {stock-url: YQ==}", "", id="as bytes"),
        pytest.param(ASKED, "data: {}", "", id="an object without keys"),
        pytest.param("configMapKeyRef: {name: d, key: a}", "data: {b: c}", "", id="another object"),
        pytest.param("configMapKeyRef: {name: c, key: a, optional: true}", "data: {b: c}", "", id="optional"),
        pytest.param("secretKeyRef: {name: c, key: a}", "data: {b: c}", "", id="another kind"),
        pytest.param("fieldRef: {fieldPath: metadata.name}", "data: {b: c}", "", id="a field"),
        pytest.param(
            ASKED,
            "data: {b: c}",
            "kind: Component\nresources: [web.yaml, c.yaml]\n",
            id="a component, which others add to",
        ),
    ],
)
def test_nothing_is_missing(reference: str, settings: str, kustomization: str) -> None:
    assert missing(reference, settings, kustomization) == []


@pytest.mark.parametrize(
    ("settings", "nearest"),
    [
        pytest.param("data: {other: a}", "", id="nothing like it"),
        pytest.param("data: {STOCK_URL: a, mail-url: b}", "STOCK_URL", id="written otherwise"),
        pytest.param("data: {stok-url: a}", "stok-url", id="a slip"),
        pytest.param("data: {stock-url1: a, stock-url2: b}", "", id="two that are like it"),
    ],
)
def test_what_is_meant(settings: str, nearest: str) -> None:
    assert missing(ASKED, settings) == [("stock-url", nearest)]


def test_in_a_whole_kustomization() -> None:
    assert missing(ASKED, "data: {b: c}", "resources: [web.yaml, c.yaml]\n") == [("stock-url", "")]
