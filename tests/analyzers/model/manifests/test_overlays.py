from __future__ import annotations

import pytest

from analyzers.model.manifests import (
    Kustomization,
    find_chains,
    patch_paths,
    read_kustomization,
    read_manifests,
    under_overlays,
)
from analyzers.model.workload import Workload
from tests.analyzers.documents import documents

DIGEST = "sha256:" + "a" * 64
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "web:v0"}]
"""
BASE = "resources: [web.yaml]\n"


def kustomizations(files: dict[str, str]) -> list[Kustomization]:
    found = (
        read_kustomization(f"{folder}/kustomization.yaml", documents(text)) for folder, text in files.items()
    )
    return [each for each in found if each]


def overlaid(files: dict[str, str]) -> Workload:
    manifests = read_manifests("base/web.yaml", documents(DEPLOYMENT))
    (found,) = under_overlays(manifests, find_chains(kustomizations(files))).workloads
    return found


def images(workload: Workload) -> list[str | None]:
    return [fact.value.text if fact.value else None for fact in workload.containers[0].overlay_images]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="no kustomization"),
        pytest.param({"base": BASE}, id="only the base"),
        pytest.param(
            {"other": "resources: [../elsewhere]\nimages: [{name: web, newTag: v1}]\n"}, id="of other files"
        ),
        pytest.param(
            {"base": BASE, "prod": "resources: [../base]\nimages: [{name: db, newTag: v1}]\n"},
            id="of other images",
        ),
        pytest.param(
            {"a": "resources: [../b]\n", "b": "resources: [../a, ../base/web.yaml]\n"}, id="a circle"
        ),
        pytest.param(
            {
                "base": BASE,
                "prod": "resources: [../base]\npatches: [{path: p.yaml, target: {kind: Service}}]\n",
            },
            id="patches of something else",
        ),
    ],
)
def test_untouched(files: dict[str, str]) -> None:
    found = overlaid(files)
    assert images(found) == []
    assert found.is_complete


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"base": BASE + "images: [{name: web, newTag: v1}]\n"}, ["web:v1"], id="beside it"),
        pytest.param(
            {
                "base": BASE,
                "dev": "resources: [../base]\nimages: [{name: web, newTag: v1}]\n",
                "prod": "resources: [../base]\nimages: [{name: web, newName: acme.io/web, newTag: v2}]\n",
            },
            ["web:v1", "acme.io/web:v2"],
            id="two overlays",
        ),
        pytest.param(
            {
                "base": BASE + "images: [{name: web, newName: acme/web}]\n",
                "prod": "resources: [../base]\nimages: [{name: acme/web, newTag: v2}]\n",
            },
            ["acme/web:v2"],
            id="one after the other",
        ),
        pytest.param(
            {"base": BASE + f"images: [{{name: web, digest: '{DIGEST}'}}]\n"}, [f"web@{DIGEST}"], id="digest"
        ),
        pytest.param({"base": BASE + "images: [{name: web, newTag: '${TAG}'}]\n"}, [None], id="unknown tag"),
        pytest.param(
            {"base": BASE + "images: [{name: docker.io/library/web, newTag: v1}]\n"},
            ["web:v1"],
            id="its full name",
        ),
    ],
)
def test_images(files: dict[str, str], expected: list[str | None]) -> None:
    assert images(overlaid(files)) == expected


@pytest.mark.parametrize(
    "overlay",
    [
        pytest.param("patches: [{path: p.yaml}]\n", id="patch of anything"),
        pytest.param("transformers: [t.yaml]\n", id="transformers"),
    ],
)
def test_what_may_be_patched_is_incomplete(overlay: str) -> None:
    found = overlaid({"base": BASE, "prod": "resources: [../base]\n" + overlay})
    assert [found.is_complete, found.containers[0].is_complete, found.containers[0].env_is_complete] == [
        False
    ] * 3


def test_patch_paths() -> None:
    text = "patches: [{path: a.yaml}, {patch: '[]'}]\npatchesStrategicMerge: [b.yaml]\n"
    assert patch_paths(kustomizations({"prod": text})) == {"prod/a.yaml", "prod/b.yaml"}
