from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomize.strategic_merge import Merge
from tests.analyzers.documents import document
from tests.analyzers.model.manifests.kustomize.trees import plain, tree

POD = (
    "containers: [{name: web, image: 'web:1', env: [{name: A, value: a}, {name: B, value: b}]}, {name: side}]"
)


def merged(base: str, patch: str, *, has_keyed_lists: bool = True) -> object:
    found = Merge(has_keyed_lists, lambda steps: None).apply(document(base), document(patch))
    return None if found is None else plain(found)


@pytest.mark.parametrize(
    ("base", "patch", "expected"),
    [
        pytest.param("{a: 1, b: 2}", "{}", "{a: 1, b: 2}", id="nothing"),
        pytest.param("{a: 1}", "{a: 2, b: 3}", "{a: 2, b: 3}", id="set and add"),
        pytest.param("{a: 1, b: 2}", "{a: null}", "{b: 2}", id="null deletes"),
        pytest.param("{a: 1}", "{b: null}", "{a: 1}", id="null of what is not there"),
        pytest.param("{a: {b: 1, c: 2}}", "{a: {c: 3}}", "{a: {b: 1, c: 3}}", id="deeper"),
        pytest.param("{a: {b: 1}}", "{a: {$patch: delete}}", "{}", id="delete a mapping"),
        pytest.param("{a: {b: 1}}", "{a: {$patch: replace, c: 2}}", "{a: {c: 2}}", id="replace a mapping"),
        pytest.param(
            "{a: {rollingUpdate: {x: 1}, type: R}}",
            "{a: {$retainKeys: [type], type: Recreate}}",
            "{a: {type: Recreate}}",
            id="retain keys",
        ),
        pytest.param("{a: [1, 2]}", "{a: [3]}", "{a: [3]}", id="a list of texts is replaced"),
        pytest.param("{command: [a, b]}", "{command: [c]}", "{command: [c]}", id="a command is replaced"),
        pytest.param(
            "{finalizers: [a, b]}",
            "{$deleteFromPrimitiveList/finalizers: [a]}",
            "{finalizers: [b]}",
            id="delete from a list of texts",
        ),
        pytest.param("{a: [1]}", "{a: {b: 2}}", "{a: {b: 2}}", id="another shape"),
        pytest.param("{a: 1}", "[1]", "{a: 1}", id="no mapping at all"),
    ],
)
def test_mappings(base: str, patch: str, expected: str) -> None:
    assert merged(base, patch) == tree(expected)


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        pytest.param("containers: [{name: web, image: 'web:2'}]", ["web=web:2 A=a B=b", "side="], id="image"),
        pytest.param(
            "containers: [{name: web, env: [{name: B, value: c}]}]", ["web=web:1 B=c A=a", "side="], id="env"
        ),
        pytest.param(
            "containers: [{name: web, env: [{name: C, value: c}]}]",
            ["web=web:1 C=c A=a B=b", "side="],
            id="new elements come first",
        ),
        pytest.param(
            "containers: [{name: web, env: [{name: A, $patch: delete}]}]",
            ["web=web:1 B=b", "side="],
            id="delete a variable",
        ),
        pytest.param("containers: [{name: side, $patch: delete}]", ["web=web:1 A=a B=b"], id="delete one"),
        pytest.param("containers: [{$patch: replace}, {name: new}]", ["new="], id="replace all"),
        pytest.param("containers: [{name: new}]", ["new=", "web=web:1 A=a B=b", "side="], id="add one"),
        pytest.param(
            "$setElementOrder/containers: [{name: side}]\ncontainers: [{name: side, image: s}]",
            ["side=s", "web=web:1 A=a B=b"],
            id="those of the patch come first, changed or new",
        ),
    ],
)
def test_lists_by_name(patch: str, expected: list[str]) -> None:
    found = merged(POD, patch)
    assert isinstance(found, dict)
    lines = [
        f"{item['name']}={item.get('image', '')}"
        + "".join(f" {entry['name']}={entry.get('value')}" for entry in item.get("env", []))
        for item in found["containers"]
    ]
    assert lines == expected


@pytest.mark.parametrize(
    ("base", "patch", "expected"),
    [
        pytest.param(
            "ports: [{containerPort: 80, name: a}]",
            "ports: [{containerPort: 80, name: b}]",
            "ports: [{containerPort: 80, name: b}]",
            id="container port",
        ),
        pytest.param(
            "ports: [{containerPort: 53, protocol: UDP}]",
            "ports: [{containerPort: 53, name: tcp}]",
            "ports: [{containerPort: 53, protocol: UDP}]",
            id="a port without the base's protocol is lost",
        ),
        pytest.param(
            "ports: [{containerPort: 80, name: a}]",
            "ports: [{containerPort: 80, protocol: TCP, name: b}]",
            "ports: [{containerPort: 80, name: a}]",
            id="a port is lost where the base names no protocol",
        ),
        pytest.param(
            "ports: [{containerPort: 53, protocol: UDP}]",
            "ports: [{containerPort: 53, protocol: TCP}]",
            "ports: [{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP}]",
            id="one port of two protocols",
        ),
        pytest.param(
            "ports: [{containerPort: 53, protocol: UDP}]",
            "ports: [{containerPort: 80}]",
            "ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]",
            id="another port",
        ),
        pytest.param(
            "ports: [{port: 80, targetPort: 1}]",
            "ports: [{port: 80, targetPort: 2}]",
            "ports: [{port: 80, targetPort: 2}]",
            id="Service port",
        ),
        pytest.param(
            "volumeMounts: [{mountPath: /a, name: v}]",
            "volumeMounts: [{mountPath: /a, readOnly: true}]",
            "volumeMounts: [{mountPath: /a, name: v, readOnly: true}]",
            id="mount",
        ),
        pytest.param(
            "tolerations: [{key: a}]",
            "tolerations: [{key: b}]",
            "tolerations: [{key: b}]",
            id="without a key",
        ),
        pytest.param(
            "envFrom: [{configMapRef: {name: a}}]",
            "envFrom: [{configMapRef: {name: b}}]",
            "envFrom: [{configMapRef: {name: b}}]",
            id="envFrom",
        ),
        pytest.param(
            "volumes: [{name: v, emptyDir: {}}]",
            "volumes: [{name: v, emptyDir: null, configMap: {name: c}}]",
            "volumes: [{name: v, configMap: {name: c}}]",
            id="another kind of volume",
        ),
    ],
)
def test_other_lists(base: str, patch: str, expected: str) -> None:
    assert merged(base, patch) == tree(expected)


def test_lists_of_kinds_without_schema_are_replaced() -> None:
    patch = "containers: [{name: web, image: 'web:2'}]"
    assert merged(POD, patch, has_keyed_lists=False) == tree(patch)


def test_delete_the_object() -> None:
    assert merged("{a: 1}", "{$patch: delete}") is None


def test_an_unknown_directive_leaves_the_mapping_half_known() -> None:
    found = Merge(True, lambda steps: None).apply(document("{a: 1}"), document("{$other: x, a: 2}"))
    assert found is not None
    assert not found.is_complete


def test_what_a_patch_repeats_stays_where_it_stands() -> None:
    base = document("a: web\nb: 1\n")
    patch = document("\n\na: web\nb: 2\n")
    found = Merge(True, lambda steps: None).apply(base, patch)
    assert found is not None
    assert [found["a"].span.line, found["b"].span.line] == [1, 4]
