from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomize import Kustomization, is_kustomization, read_kustomization
from tests.analyzers.documents import documents

PATH = "deploy/prod/kustomization.yaml"


def kustomization(text: str) -> Kustomization:
    found = read_kustomization(PATH, documents(text))
    assert found
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("kustomization.json", False),
        ("my-kustomization.yaml", False),
        ("a/kustomization.yaml", True),
        ("Kustomization", True),
    ],
)
def test_is_kustomization(path: str, expected: bool) -> None:
    assert is_kustomization(path) is expected


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "text\n"])
def test_an_empty_file_is_none(text: str) -> None:
    assert read_kustomization(PATH, documents(text)) is None


@pytest.mark.parametrize(
    ("text", "resources", "unread"),
    [
        pytest.param(
            "resources: ['https://example.com/a.yaml']\n",
            (),
            ["`resources` outside the repository"],
            id="URL",
        ),
        pytest.param(
            "resources: ['github.com/a/b?ref=v1']\n",
            (),
            ["`resources` outside the repository"],
            id="remote base",
        ),
        pytest.param(
            "bases: [../../../out]\n", (), ["`bases` outside the repository"], id="outside the repository"
        ),
        pytest.param(
            "resources: [a.yaml]\nhelmCharts: [{}]\n", ("deploy/prod/a.yaml",), ["`helmCharts`"], id="charts"
        ),
        pytest.param(
            "resources: [web.yaml, ../base/]\n", ("deploy/prod/web.yaml", "deploy/base"), [], id="both"
        ),
        pytest.param("bases: [../base]\n", ("deploy/base",), [], id="the old name"),
        pytest.param("resources: [../..]\n", ("",), [], id="the root"),
    ],
)
def test_resources(text: str, resources: tuple[str, ...], unread: list[str]) -> None:
    found = kustomization(text)
    assert (found.resources, [each.field for each in found.unread]) == (resources, unread)


@pytest.mark.parametrize(
    ("text", "path", "is_inline"),
    [
        pytest.param("patchesStrategicMerge: [p.yaml]\n", "deploy/prod/p.yaml", False, id="strategic merge"),
        pytest.param("patchesStrategicMerge:\n  - |\n    kind: Pod\n", None, True, id="inline by itself"),
        pytest.param("patches: [{path: p.yaml}]\n", "deploy/prod/p.yaml", False, id="patch"),
        pytest.param("patches: [{patch: '[]', target: {kind: Pod}}]\n", None, True, id="inline"),
        pytest.param("patches: [{path: ../../../p.yaml}]\n", None, False, id="outside the repository"),
    ],
)
def test_patches(text: str, path: str | None, is_inline: bool) -> None:
    (found,) = kustomization(text).strategic_patches
    assert (found.path, found.is_inline) == (path, is_inline)


def test_json_patches_come_later() -> None:
    (found,) = kustomization("patchesJson6902: [{path: p.json, target: {kind: Pod}}]\n").json_patches
    assert (found.path, found.target["kind"].text) == ("deploy/prod/p.json", "Pod")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("commonLabels: {a: b}\n", [(True, True)]),
        ("labels: [{pairs: {a: b}}]\n", [(False, False)]),
        ("labels: [{pairs: {a: b}, includeTemplates: true}]\n", [(False, True)]),
        ("labels: [{pairs: {a: b}, includeSelectors: true}]\n", [(True, True)]),
    ],
)
def test_labels(text: str, expected: list[tuple[bool, bool]]) -> None:
    found = kustomization(text).labels
    assert [(each.on_selectors, each.on_templates) for each in found] == expected
