"""Patches of kustomizations, and the places of what they set."""

from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.kustomize.overlays import (
    CONTAINER,
    PATCH,
    WEB,
    at,
    yielded,
)
from tests.analyzers.model.manifests.kustomize.trees import build, plain


def test_places() -> None:
    found = yielded("images: [{name: acme/web, newTag: v2}]\npatches: [{path: p.yaml}]\n", prod__p=PATCH)
    web = at(found, "Deployment", *CONTAINER)
    pod = at(found, "Deployment", "spec", "template", "spec")
    places = {
        "container": (web.origin, web.span.line),
        "name": (web["name"].origin, web["name"].span.line),
        "image": (web["image"].origin, web["image"].span.line),
        "limits": (web["resources"]["limits"].origin, web["resources"]["limits"].span.line),
        "grace": (
            pod["terminationGracePeriodSeconds"].origin,
            pod["terminationGracePeriodSeconds"].span.line,
        ),
        "nothing": (pod["hostNetwork"].origin, pod["hostNetwork"].span.line),
    }
    assert places == {
        "container": ("", 10),
        "name": ("", 10),
        "image": ("prod/kustomization.yaml", 2),
        "limits": ("prod/p.yaml", 11),
        "grace": ("prod/p.yaml", 8),
        "nothing": ("", 9),
    }


@pytest.mark.parametrize(
    ("patch", "place"),
    [
        pytest.param("|-\n      spec:\n        replicas: 2\n", (5, 19), id="as it stands"),
        pytest.param(">-\n      {spec:\n      {replicas: 2}}\n", (3, 12), id="folded"),
        pytest.param("'{spec: {replicas: 2}}'\n", (3, 12), id="quoted"),
    ],
)
def test_places_in_an_inline_patch(patch: str, place: tuple[int, int]) -> None:
    found = yielded(f"patches:\n  - patch: {patch}    target: {{kind: Deployment}}\n")
    replicas = at(found, "Deployment", "spec", "replicas")
    assert (replicas.origin, replicas.span.line, replicas.span.column) == ("prod/kustomization.yaml", *place)


def test_a_patch_without_target_names_its_object() -> None:
    other = PATCH.replace("name: web", "name: api")
    found = yielded("patchesStrategicMerge: [p.yaml, q.yaml]\n", prod__p=other, prod__q=PATCH)
    assert at(found, "Deployment", *CONTAINER, "resources", "limits", "memory").text == "1Gi"
    assert len(at(found, "Deployment", "spec", "template", "spec").items()) == 2


def test_a_deleted_object_is_gone() -> None:
    gone = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n$patch: delete\n"
    assert [each.kind for each in yielded("patches: [{path: p.yaml}]\n", prod__p=gone)] == [
        "Deployment",
        "ConfigMap",
    ]


ROLLOUT = WEB.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")


@pytest.mark.parametrize(
    ("schema", "image"),
    [
        pytest.param("", None, id="without its schema the list is replaced"),
        pytest.param("openapi: {path: schema.json}\n", "acme/web:v1", id="with its schema it is merged"),
    ],
)
def test_patches_of_other_kinds(schema: str, image: str | None) -> None:
    patch = PATCH.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")
    files = {
        "prod/kustomization.yaml": f"resources: [r.yaml]\npatches: [{{path: p.yaml}}]\n{schema}",
        "prod/r.yaml": ROLLOUT,
        "prod/p.yaml": patch,
    }
    assert plain(at(build(files), "Rollout", *CONTAINER, "image")) == image
