"""What stands in several branches of a template."""

from __future__ import annotations

import pytest

from analyzers.model.yaml_facts import known_text
from tests.analyzers.model.charts.releases import TEMPLATE, charts, resolved


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("1", "2", None, id="they differ"),
        pytest.param("1", "1", "1", id="they agree"),
        pytest.param("1", '"1"', None, id="a number and a text"),
        pytest.param("1", "{{ .Values.one }}", "1", id="a value that agrees"),
        pytest.param("{{ .Values.x }}", "{{ .Values.x }}", None, id="unknown is unknown"),
    ],
)
def test_a_key_in_two_branches(one: str, other: str, expected: str | None) -> None:
    text = f"{{{{ if .Values.y }}}}\na: {one}\n{{{{ else }}}}\na: {other}\n{{{{ end }}}}\nb: c\n"
    root = resolved(text, "one: 1\n")
    assert known_text(root["a"]) == expected
    assert root["b"].text == "c"


def test_a_literal_in_a_branch_is_known_and_its_mapping_whole() -> None:
    root = resolved("a:\n  b: c\n  {{- if .Values.y }}\n  d: e\n  {{- end }}\n")
    assert root["a"]["d"].text == "e"
    assert root["a"].is_complete


def test_a_variable_in_two_branches() -> None:
    text = """\
    env:
      {{- if .Values.y }}
      - name: MODE
        value: fast
      {{- else }}
      - name: MODE
        value: slow
      {{- end }}
      - name: PORT
        value: "1"
    """
    mode, port = resolved(text)["env"]
    assert [mode["name"].text, known_text(mode["value"]), port["value"].text] == ["MODE", None, "1"]


SCALED = "kind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: 100\n"


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        pytest.param("{{- if .Values.scaling.enabled }}\n", "{{- end }}\n", 0, id="switched off"),
        pytest.param("{{- if .Values.scaling.other }}\n", "{{- end }}\n", 0, id="no such value"),
        pytest.param(
            "{{- if and .Values.on .Values.scaling.enabled }}\n", "{{- end }}\n", 0, id="one of two switches"
        ),
        pytest.param("{{- if .Values.on }}\n", "{{- end }}\n", 1, id="switched on"),
        pytest.param("{{- if not .Values.scaling.enabled }}\n", "{{- end }}\n", 1, id="switched on by a no"),
        pytest.param("{{- if .Release.IsInstall }}\n", "{{- end }}\n", 1, id="unknown"),
        pytest.param("", "  {{- if .Values.scaling.enabled }}\n  a: b\n  {{- end }}\n", 1, id="a part of it"),
        pytest.param("", "", 1, id="always there"),
    ],
)
def test_an_autoscaler_counts_where_it_is_installed(before: str, after: str, count: int) -> None:
    files = {
        "Chart.yaml": "name: web\n",
        "values.yaml": "on: true\nscaling: {enabled: false}\n",
        TEMPLATE: f"{before}{SCALED}{after}",
    }
    assert len(charts(files).documents(TEMPLATE) or ()) == count


def test_what_another_environment_switches_on_counts() -> None:
    files = {
        "Chart.yaml": "name: web\n",
        "values.yaml": "scaling: {enabled: false}\n",
        "values-prod.yaml": "scaling: {enabled: true}\n",
        TEMPLATE: f"{{{{- if .Values.scaling.enabled }}}}\n{SCALED}{{{{- end }}}}\n",
    }
    assert len(charts(files).documents(TEMPLATE) or ()) == 1
