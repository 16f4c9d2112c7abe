"""Kustomizations against what `kustomize build` prints for them, written by hand."""

from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.parsers.yaml_node import Node
from tests.analyzers.model.manifests.kustomize.trees import build, build_with_remarks, plain, tree

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: acme/web:v1
          env:
            - name: URL
              valueFrom: {configMapKeyRef: {name: settings, key: url}}
          envFrom:
            - secretRef: {name: keys}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {url: 'http://api'}\n"
BASE = {
    "base/kustomization.yaml": "resources: [web.yaml, service.yaml, settings.yaml]\n",
    "base/web.yaml": WEB,
    "base/service.yaml": SERVICE,
    "base/settings.yaml": SETTINGS,
}
TAKES = "resources: [../base]\n"


def yielded(overlay: str, **more: str) -> list[Resource]:
    files = {f"{name.replace('__', '/')}.yaml": text for name, text in more.items()}
    return build({**BASE, "prod/kustomization.yaml": TAKES + overlay, **files})


def at(resources: list[Resource], kind: str, *keys: str) -> Node:
    (found,) = (each for each in resources if each.kind == kind)
    node = found.node
    for key in keys:
        node = tuple(node)[int(key)] if key.isdecimal() else node[key]
    return node


CONTAINER = ("spec", "template", "spec", "containers", "0")
POD_LABELS = ("spec", "template", "metadata", "labels")


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


PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: web
          resources: {limits: {memory: 1Gi}}
"""


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


def test_components_are_put_on_what_was_taken_in() -> None:
    patch = "patches: [{patch: '{spec: {replicas: 9}}', target: {kind: Deployment}}]\n"
    component = f"kind: Component\nresources: [db.yaml]\n{patch}"
    found = yielded(
        "components: [../with-db]\n",
        **{"with-db__kustomization": component, "with-db__db": SERVICE.replace("name: web", "name: db")},
    )
    assert sorted(each.name for each in found if each.kind == "Service") == ["db", "web"]
    assert at(found, "Deployment", "spec", "replicas").text == "9"


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


@pytest.mark.parametrize(
    ("overlay", "is_complete", "reasons"),
    [
        pytest.param("", True, [], id="nothing"),
        pytest.param("transformers: [labels.yaml]\n", True, [], id="transformers of labels"),
        pytest.param("transformers: [own.yaml]\n", False, ["`transformers`"], id="other transformers"),
        pytest.param("generators: [g.yaml]\n", True, ["`generators`"], id="generators add objects"),
        pytest.param(
            "components: ['https://example.com/c']\n", False, ["`components`"], id="remote component"
        ),
        pytest.param(
            "patches: [{path: gone.yaml}]\n", False, ["patch that cannot be read"], id="unread patch"
        ),
        pytest.param("patches: [{patch: '[}'}]\n", False, ["patch that cannot be read"], id="broken patch"),
        pytest.param(
            "patches: [{patch: '[{op: remove, path: /x}]', target: {kind: Deployment}}]\n",
            False,
            [],
            id="a patch that does not fit",
        ),
        pytest.param(
            "resources: [gone.yaml]\n", True, ["takes in prod/gone.yaml"], id="file that is not there"
        ),
    ],
)
def test_what_is_not_resolved(overlay: str, is_complete: bool, reasons: list[str]) -> None:
    text = TAKES + overlay if "resources" not in overlay else overlay.replace("[", "[../base, ", 1)
    files = {
        **BASE,
        "prod/kustomization.yaml": text,
        "prod/labels.yaml": "kind: LabelTransformer\n",
        "prod/own.yaml": "kind: Mine\n",
    }
    found, remarks = build_with_remarks(files)
    assert [each.is_complete for each in found if each.kind == "Deployment"] == [is_complete]
    assert len(remarks) == len(reasons)
    assert all(part in reason for part, (_, reason) in zip(reasons, remarks, strict=True))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param({"prod": "resources: [.]\n"}, "take each other in", id="itself"),
        pytest.param(
            {"prod": "resources: [../a]\n", "a": "resources: [../prod]\n"},
            "take each other in",
            id="a circle",
        ),
        pytest.param({"prod": "components: [../prod]\n"}, "take each other in", id="itself as a component"),
        pytest.param(
            {"prod": "resources: [../0]\n", **{f"{n}": f"resources: [../{n + 1}]\n" for n in range(40)}},
            "more than 20 deep",
            id="forty levels",
        ),
    ],
)
def test_circles_and_depths_end(files: dict[str, str], words: str) -> None:
    found, remarks = build_with_remarks({f"{name}/kustomization.yaml": text for name, text in files.items()})
    assert found == []
    assert any(words in reason for _, reason in remarks)
