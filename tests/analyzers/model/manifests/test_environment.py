from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.pods import container


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        pytest.param("value: $(OTHER)", None, id="other variable"),
        pytest.param("value: '${OTHER}:80'", None, id="substituted before"),
        pytest.param("value: $OTHER", None, id="substituted before, bare"),
        pytest.param("value: '{{ x }}'", None, id="template"),
        pytest.param("value: plain", "plain", id="text"),
        pytest.param("value: 012", "012", id="number as written"),
        pytest.param("value: p$s-s", "p$s-s", id="a dollar in the middle"),
        pytest.param("value: ''", "", id="empty text"),
        pytest.param("other: x", "", id="no value is empty"),
    ],
)
def test_literal(entry: str, value: str | None) -> None:
    (found,) = container(f"env:\n  - name: A\n    {entry}\n").env
    assert (found.name, found.source, found.value) == ("A", "literal", value)


@pytest.mark.parametrize(
    ("origin", "source", "details"),
    [
        pytest.param("configMapKeyRef: {name: c, key: k}", "configmap", ("c", "k", "", ""), id="ConfigMap"),
        pytest.param("secretKeyRef: {name: s, key: k}", "secret", ("s", "k", "", ""), id="Secret"),
        pytest.param(
            "fieldRef: {fieldPath: status.podIP}", "field", ("", "status.podIP", "", ""), id="field"
        ),
        pytest.param(
            "resourceFieldRef: {resource: limits.cpu}", "resource", ("", "", "limits.cpu", ""), id="resource"
        ),
        pytest.param(
            "resourceFieldRef: {resource: limits.memory, divisor: 1Mi}",
            "resource",
            ("", "", "limits.memory", "1Mi"),
            id="resource with a divisor",
        ),
        pytest.param(
            "resourceFieldRef: {resource: '${R}'}", "unknown", ("", "", "", ""), id="templated resource"
        ),
        pytest.param("fileKeyRef: {path: p}", "unknown", ("", "", "", ""), id="something newer"),
    ],
)
def test_from_elsewhere(origin: str, source: str, details: tuple[str, str, str, str]) -> None:
    (found,) = container(f"env:\n  - name: A\n    valueFrom: {{{origin}}}\n").env
    assert (found.source, found.value) == (source, None)
    assert (found.object_name, found.key, found.resource, found.divisor) == details


def test_places() -> None:
    (found,) = container("env:\n  - name: A\n    value: plain\n").env
    assert (found.at.line, found.at.span.column) == (11, 15)
    assert found.value_at
    assert (found.value_at.line, found.value_at.span.column) == (12, 22)


def test_the_last_setting_counts() -> None:
    found = container("env: [{name: A, value: one}, {name: A, value: two}]\n").variable("A")
    assert found
    assert found.value == "two"


@pytest.mark.parametrize(
    ("fields", "is_complete"),
    [
        pytest.param("env: []\n", True, id="none"),
        pytest.param("env: [{name: A}]\n", True, id="literal"),
        pytest.param("envFrom: [{configMapRef: {name: c}}]\n", False, id="envFrom"),
        pytest.param("env:\n  - name: '${A}'\n", False, id="a name that is not known"),
        pytest.param("env:\n  {{- toYaml .x | nindent 12 }}\n", False, id="all templated"),
        pytest.param("env:\n  - name: A\n  {{- toYaml .x | nindent 12 }}\n", False, id="some templated"),
        pytest.param("{{- toYaml .x | nindent 10 }}\n", False, id="templated fields"),
    ],
)
def test_completeness(fields: str, is_complete: bool) -> None:
    assert container(fields, templated="{{" in fields).env_is_complete is is_complete


def test_env_sources() -> None:
    fields = """\
envFrom:
  - configMapRef: {name: c}
    prefix: C_
  - secretRef: {name: '${S}', optional: true}
  - other: {}
"""
    found = container(fields).env_sources
    assert [(source.kind, source.name, source.prefix, source.is_optional) for source in found] == [
        ("configmap", "c", "C_", False),
        ("secret", None, "", True),
        ("unknown", None, "", False),
    ]
