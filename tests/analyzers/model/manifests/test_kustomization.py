from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomization import Kustomization, is_kustomization, read_kustomization
from tests.analyzers.documents import documents


def kustomization(text: str) -> Kustomization:
    found = read_kustomization("deploy/prod/kustomization.yaml", documents(text))
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
    assert read_kustomization("kustomization.yaml", documents(text)) is None


@pytest.mark.parametrize(
    ("text", "resources", "is_complete"),
    [
        pytest.param("resources: ['https://example.com/a.yaml']\n", (), False, id="URL"),
        pytest.param("resources: ['github.com/a/b?ref=v1']\n", (), False, id="remote base"),
        pytest.param("resources: [../../../out.yaml]\n", (), False, id="outside the repository"),
        pytest.param(
            "resources: [a.yaml]\ntransformers: [t.yaml]\n", ("deploy/prod/a.yaml",), False, id="transformers"
        ),
        pytest.param(
            "resources: [web.yaml, ../base/]\n",
            ("deploy/prod/web.yaml", "deploy/base"),
            True,
            id="file and folder",
        ),
        pytest.param(
            "bases: [../base]\ncomponents: [./c]\n",
            ("deploy/base", "deploy/prod/c"),
            True,
            id="bases and components",
        ),
        pytest.param("resources: [../..]\n", ("",), True, id="the root"),
    ],
)
def test_resources(text: str, resources: tuple[str, ...], is_complete: bool) -> None:
    found = kustomization(text)
    assert (found.resources, found.is_complete) == (resources, is_complete)


@pytest.mark.parametrize(
    ("text", "path", "target"),
    [
        pytest.param(
            "patchesStrategicMerge: [p.yaml]\n", "deploy/prod/p.yaml", ("", ""), id="strategic merge"
        ),
        pytest.param(
            "patchesStrategicMerge:\n  - |\n    kind: Pod\n    a: b\n",
            "",
            ("", ""),
            id="strategic merge inline",
        ),
        pytest.param("patches: [{path: p.yaml}]\n", "deploy/prod/p.yaml", ("", ""), id="patch"),
        pytest.param(
            "patches: [{patch: '[]', target: {kind: Deployment, name: web}}]\n",
            "",
            ("Deployment", "web"),
            id="inline with a target",
        ),
        pytest.param(
            "patchesJson6902: [{path: p.json, target: {kind: Pod}}]\n",
            "deploy/prod/p.json",
            ("Pod", ""),
            id="JSON patch",
        ),
    ],
)
def test_patches(text: str, path: str, target: tuple[str, str]) -> None:
    (found,) = kustomization(text).patches
    assert (found.path, (found.target_kind, found.target_name)) == (path, target)


def test_images() -> None:
    first = "{name: web, newName: ghcr.io/acme/web, newTag: v1}"
    web, db = kustomization(f"images: [{first}, {{name: db, digest: 'sha256:abc'}}, {{newTag: v2}}]\n").images
    assert (web.name, web.new_name and web.new_name.value, web.new_tag and web.new_tag.value) == (
        "web",
        "ghcr.io/acme/web",
        "v1",
    )
    assert (db.name, db.new_tag, db.digest and db.digest.value) == ("db", None, "sha256:abc")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("resources: []\n", False),
        ("patches: [{path: p.yaml, target: {kind: Service}}]\n", False),
        ("patches: [{path: p.yaml, target: {name: other}}]\n", False),
        ("patches: [{path: p.yaml}]\n", True),
        ("patches: [{path: p.yaml, target: {kind: Deployment}}]\n", True),
        ("patches: [{path: p.yaml, target: {name: web}}]\n", True),
        ("replacements: [{}]\n", True),
    ],
)
def test_may_patch(text: str, expected: bool) -> None:
    assert kustomization(text).may_patch("Deployment", "web") is expected
