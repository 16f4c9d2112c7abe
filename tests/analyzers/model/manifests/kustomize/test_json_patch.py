from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomize.budget import Budget, Exhausted
from analyzers.model.manifests.kustomize.json_patch import Misfit, apply_operations
from tests.analyzers.documents import document
from tests.analyzers.model.manifests.kustomize.trees import plain, tree
from tests.hanging import must_end

BASE = "{a: {b: 1, 'c/d': 2, 'e~f': 3}, list: [x, y]}"


def patched(patch: str, base: str = BASE) -> object:
    return plain(apply_operations(document(base), document(patch), lambda steps: None))


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        pytest.param("[]", BASE, id="nothing"),
        pytest.param(
            "[{op: test, path: /a/b, value: 1}, {op: test, path: /list, value: [x, y]}]", BASE, id="test"
        ),
        pytest.param(
            "[{op: add, path: /a/g, value: {h: 1}}]",
            "{a: {b: 1, 'c/d': 2, 'e~f': 3, g: {h: 1}}, list: [x, y]}",
            id="add",
        ),
        pytest.param(
            "[{op: add, path: /list, value: [z]}]",
            "{a: {b: 1, 'c/d': 2, 'e~f': 3}, list: [z]}",
            id="add over what is there",
        ),
        pytest.param(
            "[{op: add, path: /list/0, value: z}, {op: add, path: /list/-, value: w}]",
            "{a: {b: 1, 'c/d': 2, 'e~f': 3}, list: [z, x, y, w]}",
            id="add to a list",
        ),
        pytest.param(
            "[{op: replace, path: /a/c~1d, value: 4}, {op: replace, path: /a/e~0f, value: 5}]",
            "{a: {b: 1, 'c/d': 4, 'e~f': 5}, list: [x, y]}",
            id="escapes",
        ),
        pytest.param(
            "[{op: replace, path: /list/1, value: z}]",
            "{a: {b: 1, 'c/d': 2, 'e~f': 3}, list: [x, z]}",
            id="replace in a list",
        ),
        pytest.param("[{op: remove, path: /a}, {op: remove, path: /list/0}]", "{list: [y]}", id="remove"),
        pytest.param("[{op: move, from: /list, path: /a}]", "{a: [x, y]}", id="move"),
        pytest.param(
            "[{op: copy, from: /a/b, path: /list/-}]",
            "{a: {b: 1, 'c/d': 2, 'e~f': 3}, list: [x, y, 1]}",
            id="copy",
        ),
    ],
)
def test_operations(patch: str, expected: str) -> None:
    assert patched(patch) == tree(expected)


@pytest.mark.parametrize(
    "patch",
    [
        pytest.param("[{op: test, path: /a/b, value: 2}]", id="test that fails"),
        pytest.param("[{op: replace, path: /list/3, value: 2}]", id="replace behind the end"),
        pytest.param("[{op: remove, path: /x}]", id="remove what is not there"),
        pytest.param("[{op: add, path: /x/y, value: 1}]", id="no parent"),
        pytest.param("[{op: add, path: /list/3, value: 1}]", id="behind the end"),
        pytest.param("[{op: add, path: /list/one, value: 1}]", id="no index"),
        pytest.param("[{op: add, path: /list/0/a, value: 1}]", id="inside a text"),
        pytest.param("[{op: add, path: /a}]", id="no value"),
        pytest.param("[{op: explode, path: /a, value: 1}]", id="no such operation"),
        pytest.param("[{op: remove, path: a}]", id="no pointer"),
        pytest.param("[text]", id="no mapping"),
        pytest.param("[" + "{op: test, path: /a/b, value: 1}," * 1_001 + "]", id="too many"),
        pytest.param("[{op: remove, path: " + "/a" * 60 + "}]", id="too deep"),
    ],
)
def test_misfits(patch: str) -> None:
    with pytest.raises(Misfit):
        patched(patch)


def test_a_value_stands_where_the_patch_says_it() -> None:
    patch = document("- op: replace\n  path: /a/b\n  value: 7\n")
    found = apply_operations(document(BASE), patch, lambda steps: None)
    assert found["a"]["b"].span.line == 3


def test_copies_of_copies_end() -> None:
    copies = "{op: copy, from: /a, path: /a/x}," * 500
    patch = document(f"[{copies} {{op: copy, from: /a, path: /b}}, {{op: test, path: /a, value: 1}}]")
    with must_end():
        apply_operations(document("{a: {b: 1}}"), document(f"[{copies}]"), lambda steps: None)
    with must_end(), pytest.raises((Misfit, Exhausted)):
        apply_operations(document("{a: {b: 1}}"), patch, Budget().spend)


def test_equal_bombs_are_not_compared_to_the_end() -> None:
    bomb = "[" + "{op: copy, from: /a, path: /a/x}, {op: copy, from: /a/x, path: /a/y}," * 40
    patch = document(bomb + "{op: copy, from: /a, path: /b}, {op: test, path: /b, value: {}}]")
    with pytest.raises(Misfit):
        apply_operations(document("{a: {b: 1}}"), patch, Budget().spend)
