"""Overlays against what `kustomize build` prints for them, written by hand."""

from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.kustomize.overlays import (
    BASE,
    CONTAINER,
    POD_LABELS,
    TAKES,
    WEB,
    at,
    yielded,
)
from tests.analyzers.model.manifests.kustomize.trees import build, plain


@pytest.mark.parametrize(
    ("overlay", "kind", "keys", "expected"),
    [
        pytest.param("", "Deployment", (*CONTAINER, "image"), "acme/web:v1", id="nothing"),
        pytest.param("namespace: shop\n", "Service", ("metadata", "namespace"), "shop", id="namespace"),
        pytest.param(
            "namePrefix: a-\nnameSuffix: -z\n", "Service", ("metadata", "name"), "a-web-z", id="affixes"
        ),
        pytest.param(
            "namePrefix: a-\n",
            "Deployment",
            (*CONTAINER, "env", "0", "valueFrom", "configMapKeyRef", "name"),
            "a-settings",
            id="a reference follows its object",
        ),
        pytest.param(
            "namePrefix: a-\n",
            "Deployment",
            (*CONTAINER, "envFrom", "0", "secretRef", "name"),
            "keys",
            id="a reference to what is elsewhere stays",
        ),
        pytest.param(
            "images: [{name: acme/web, newTag: v2}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "acme/web:v2",
            id="tag",
        ),
        pytest.param(
            "images: [{name: acme/web, newName: r.io/web}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "r.io/web:v1",
            id="image name",
        ),
        pytest.param(
            "images: [{name: acme/web, digest: 'sha256:ab'}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "acme/web@sha256:ab",
            id="digest",
        ),
        pytest.param(
            "images: [{name: acme/web, newName: a/b}, {name: a/b, newTag: v9}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "a/b:v9",
            id="an image is given another name, and under that a tag",
        ),
        pytest.param(
            "images: [{name: acme/web, newTag: v8}, {name: acme/web, newTag: v9}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "acme/web:v9",
            id="the last tag counts",
        ),
        pytest.param(
            "images: [{name: 'acme/.*', newTag: v2}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "acme/web:v2",
            id="image by an expression",
        ),
        pytest.param(
            "images: [{name: 'acme/w+.*', newTag: v2}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "\ue000",
            id="an expression that is not understood leaves the image unknown",
        ),
        pytest.param(
            "images: [{name: web, newTag: v2}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "acme/web:v1",
            id="other image",
        ),
        pytest.param(
            "replicas: [{name: web, count: 3}]\n", "Deployment", ("spec", "replicas"), "3", id="replicas"
        ),
        pytest.param(
            "namePrefix: a-\nreplicas: [{name: web, count: 3}]\n",
            "Deployment",
            ("spec", "replicas"),
            "3",
            id="replicas by the name it had",
        ),
        pytest.param(
            "commonLabels: {team: x}\n",
            "Deployment",
            POD_LABELS,
            {"app": "web", "team": "x"},
            id="labels of pods",
        ),
        pytest.param(
            "commonLabels: {team: x}\n",
            "Service",
            ("spec", "selector"),
            {"app": "web", "team": "x"},
            id="labels of selectors",
        ),
        pytest.param(
            "labels: [{pairs: {team: x}, fields: [{path: spec/template/metadata/labels}]}]\n",
            "Deployment",
            POD_LABELS,
            {"app": "web", "team": "x"},
            id="labels of pods, by a field of its own",
        ),
        pytest.param(
            "labels: [{pairs: {team: x}}]\n",
            "Service",
            ("spec", "selector"),
            {"app": "web"},
            id="labels of objects",
        ),
        pytest.param(
            "labels: [{pairs: {team: x}}]\n",
            "Service",
            ("metadata", "labels"),
            {"team": "x"},
            id="new labels",
        ),
        pytest.param(
            "commonAnnotations: {a: b}\n",
            "Deployment",
            ("spec", "template", "metadata", "annotations"),
            {"a": "b"},
            id="annotations",
        ),
        pytest.param(
            "patches: [{target: {kind: Service}, "
            "patch: '[{op: replace, path: /spec/ports, value: [{port: 9}]}]'}]\n",
            "Service",
            ("spec", "ports", "0", "port"),
            "9",
            id="inline JSON patch",
        ),
        pytest.param(
            "patches: [{patch: '{spec: {replicas: 2}}', target: {kind: Deployment, name: w.*}}]\n",
            "Deployment",
            ("spec", "replicas"),
            "2",
            id="inline merge with a target",
        ),
        pytest.param(
            "namePrefix: a-\npatchesJson6902:\n  - target: {kind: Service, name: web}\n"
            "    patch: '[{op: remove, path: /spec/selector}]'\n",
            "Service",
            ("spec",),
            {"ports": [{"port": "80"}]},
            id="JSON patch by the name it had",
        ),
        pytest.param(
            "patches: [{target: {kind: Deployment}, options: {allowNameChange: true}, "
            "patch: '{metadata: {name: api}}'}]\n",
            "Deployment",
            ("metadata", "name"),
            "api",
            id="a patch that may rename",
        ),
        pytest.param(
            "patches: [{target: {kind: Deployment}, patch: '{metadata: {name: api}, kind: DaemonSet}'}]\n",
            "Deployment",
            ("metadata", "name"),
            "web",
            id="a patch that may not",
        ),
        pytest.param(
            "patches: [{target: {kind: Deployment}, options: {allowKindChange: true}, "
            "patch: '{kind: DaemonSet}'}]\n",
            "DaemonSet",
            ("metadata", "name"),
            "web",
            id="a patch that may make it another kind",
        ),
        pytest.param(
            "patches: [{target: {kind: Deployment}, "
            "patch: '[{op: replace, path: /spec/paused, value: true}]'}]\n",
            "Deployment",
            ("spec", "paused"),
            "true",
            id="what is replaced need not be there",
        ),
        pytest.param(
            "replacements: [{targets: [{select: {kind: Service}}]}]\n",
            "Service",
            ("metadata", "name"),
            "\ue000",
            id="a replacement without paths makes the name unknown",
        ),
        pytest.param(
            "replacements: [{targets: [{select: {kind: Deployment}, options: {create: true}, "
            "fieldPaths: [spec.replicas]}]}]\n",
            "Deployment",
            ("spec", "replicas"),
            "\ue000",
            id="a replacement that makes its field",
        ),
        pytest.param(
            "replacements: [{source: {kind: ConfigMap}, targets: [{select: {kind: Service}, "
            "fieldPaths: [spec.ports.0.port]}]}]\n",
            "Service",
            ("spec", "ports", "0", "port"),
            "\ue000",
            id="a replaced field is unknown",
        ),
        pytest.param(
            "replacements: [{targets: [{select: {kind: Deployment}, "
            "fieldPaths: ['spec.template.spec.containers.[name=web].image']}]}]\n",
            "Deployment",
            (*CONTAINER, "image"),
            "\ue000",
            id="a replaced field of a list",
        ),
    ],
)
def test_what_an_overlay_does(overlay: str, kind: str, keys: tuple[str, ...], expected: object) -> None:
    assert plain(at(yielded(overlay), kind, *keys)) == expected


def test_two_variants_of_one_base_keep_their_own_references() -> None:
    files = {
        **BASE,
        "a/kustomization.yaml": TAKES + "namePrefix: a-\n",
        "b/kustomization.yaml": TAKES + "namePrefix: b-\n",
        "prod/kustomization.yaml": "resources: [../a, ../b]\n",
    }
    found = [each for each in build(files) if each.kind == "Deployment"]
    reference = (*CONTAINER, "env", "0", "valueFrom", "configMapKeyRef", "name")
    names = [at([each], "Deployment", *reference) for each in found]
    assert [(each.name, name.text) for each, name in zip(found, names, strict=True)] == [
        ("a-web", "a-settings"),
        ("b-web", "b-settings"),
    ]


BARE = WEB.replace("    metadata: {labels: {app: web}}\n", "")


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        ("labels: [{pairs: {app: web}}]\n", None),
        ("commonLabels: {app: web}\n", {"app": "web"}),
        ("labels: [{pairs: {app: web}, includeTemplates: true}]\n", {"app": "web"}),
    ],
)
@pytest.mark.parametrize("kind", ["Deployment", "DaemonSet"])
def test_labels_where_the_pods_have_none(overlay: str, expected: object, kind: str) -> None:
    files = {"prod/kustomization.yaml": overlay + "resources: [web.yaml]\n"}
    files["prod/web.yaml"] = BARE.replace("Deployment", kind)
    assert plain(at(build(files), kind, *POD_LABELS)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", "settings", id="of kinds it does not know nothing is followed"),
        pytest.param("configurations: [rollout.yaml]\n", "a-settings", id="told how, it is"),
    ],
)
def test_references_of_a_rollout(more: str, expected: str) -> None:
    rollout = WEB.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")
    files = {**BASE, "base/web.yaml": rollout, "prod/kustomization.yaml": f"{TAKES}namePrefix: a-\n{more}"}
    reference = (*CONTAINER, "env", "0", "valueFrom", "configMapKeyRef", "name")
    assert at(build(files), "Rollout", *reference).text == expected
