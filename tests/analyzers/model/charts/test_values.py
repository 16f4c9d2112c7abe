"""What a template takes from values.yaml, and where that stands."""

from __future__ import annotations

import pytest

from analyzers.model.yaml_facts import known_text, place
from tests.analyzers.model.charts.releases import TEMPLATE, resolved

VALUES = """\
port: 8080
version: "1.20"
empty: ""
none: {}
zero: 0
large: 1048576
uid: -1000660000
million: 1_000_000
half: 1.50
fraction: 1000000.5
lines: |
  a
  b
image:
  repository: example.org/web
  tag: v3
resources:
  limits:
    memory: 64Mi
"""


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(".Values.absent", id="no such value"),
        pytest.param(".Values.empty", id="an empty text is there to be filled"),
        pytest.param(".Release.Namespace", id="decided at installation"),
        pytest.param(".Capabilities.KubeVersion", id="decided by the cluster"),
        pytest.param("randAlphaNum 5", id="never the same"),
        pytest.param(".Values.image", id="a mapping is no text"),
        pytest.param('.Values.image.tag | regexReplaceAll "v" "w"', id="a function that is not computed"),
        pytest.param('printf "%s" .Release.Name', id="a part that is unknown"),
        pytest.param(".Values.lines | indent 2 | trim", id="a text of several lines, indented"),
        pytest.param(".Values.fraction", id="a large fraction"),
        pytest.param("if .Release.Name }}a{{ else }}b{{ end", id="a branch that is not decided"),
    ],
)
def test_unknown(action: str) -> None:
    assert known_text(resolved(f"a: {{{{ {action} }}}}\n", VALUES)["a"]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("{{ .Values.port }}", "8080", id="plain"),
        pytest.param("{{ $.Values.port }}", "8080", id="from the root"),
        pytest.param("{{ .Values.version }}", "1.20", id="quoted in the values"),
        pytest.param("{{ .Values.port | int }}", "8080", id="int"),
        pytest.param(
            "{{ .Values.large | quote }}", "1.048576e+06", id="a large number is printed as Go does"
        ),
        pytest.param("{{ .Values.uid | quote }}", "-1.00066e+09", id="a larger one"),
        pytest.param("{{ .Values.million }}", "1e+06", id="a round one"),
        pytest.param("{{ .Values.large | int | quote }}", "1048576", id="int of a large number"),
        pytest.param("{{ .Values.uid | int64 }}", "-1000660000", id="int64"),
        pytest.param("{{ .Values.half }}", "1.5", id="a fraction loses its zeros"),
        pytest.param("{{ .Values.port | toString | quote }}", "8080", id="quote"),
        pytest.param("{{ .Values.absent | default 5 }}", "5", id="default of the absent"),
        pytest.param("{{ .Values.zero | default 5 }}", "5", id="default of zero"),
        pytest.param("{{ default 5 .Values.port }}", "8080", id="default not needed"),
        pytest.param(
            "{{ .Values.empty | default .Chart.AppVersion }}", "v7", id="the chart's version of the app"
        ),
        pytest.param("{{ .Chart.Name }}-{{ .Chart.Version }}", "web-1.2.0", id="the chart"),
        pytest.param(
            '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', "example.org/web:v3", id="two values"
        ),
        pytest.param(
            '{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default "x") }}',
            "example.org/web:v3",
            id="printf",
        ),
        pytest.param("{{ if .Values.port }}a{{ else }}b{{ end }}", "a", id="a branch that is decided"),
        pytest.param("{{ with .Values.image }}{{ .tag }}{{ end }}", "v3", id="with"),
        pytest.param('{{ index .Values "image" "tag" }}', "v3", id="index"),
        pytest.param('{{ ternary "a" "b" (eq .Values.image.tag "v3") }}', "a", id="ternary"),
    ],
)
def test_known(value: str, expected: str) -> None:
    assert known_text(resolved(f"a: {value}\n", VALUES)["a"]) == expected


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ $root := . }}\na: {{ $root.Values.image.tag }}\n", id="a variable"),
        pytest.param("{{- with .Values.image }}\na: {{ .tag }}\n{{- end }}\n", id="with"),
        pytest.param("{{- with $i := .Values.image }}\na: {{ $i.tag }}\n{{- end }}\n", id="with a variable"),
        pytest.param(
            "{{- range .Values.all }}\na: {{ $.Values.image.tag }}\n{{- end }}\n", id="the root in a loop"
        ),
    ],
)
def test_scopes(template: str) -> None:
    assert known_text(resolved(template, VALUES)["a"]) == "v3"


def test_a_variable_that_is_set_anew_is_unknown() -> None:
    text = "{{ $a := 1 }}{{ if .Release.IsUpgrade }}{{ $a = 2 }}{{ end }}\na: {{ $a }}\n"
    assert known_text(resolved(text)["a"]) is None


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("a: 1\n", (TEMPLATE, 1, 4), id="a literal"),
        pytest.param("a: {{ .Values.port }}\n", ("values.yaml", 1, 7), id="a value"),
        pytest.param(
            "a: {{ .Values.port | default 1 | quote }}\n", ("values.yaml", 1, 7), id="a value passed on"
        ),
        pytest.param("a: {{ .Values.absent | default 1 }}\n", (TEMPLATE, 1, 4), id="a default"),
        pytest.param("a: {{ .Values.port }}-{{ .Values.zero }}\n", (TEMPLATE, 1, 4), id="two values"),
    ],
)
def test_place(template: str, expected: tuple[str, int, int]) -> None:
    at = place(TEMPLATE, resolved(template, VALUES)["a"])
    assert (at.path, at.span.line, at.span.column) == expected


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("r: {{- toYaml .Values.resources | nindent 2 }}\n", id="on the line of the key"),
        pytest.param("r:\n  {{- toYaml .Values.resources | nindent 2 }}\n", id="below the key"),
        pytest.param("r:\n{{ toYaml .Values.resources | indent 2 }}\n", id="indent"),
        pytest.param(
            "{{- with .Values.resources }}\nr:\n  {{- . | toYaml | nindent 2 }}\n{{- end }}\n", id="with"
        ),
        pytest.param("r:\n  a: b\n  {{- toYaml .Values.resources | nindent 2 }}\n", id="beside a key"),
        pytest.param("r:\n  {{- tpl (toYaml .Values.resources) $ | nindent 2 }}\n", id="tpl"),
    ],
)
def test_a_block_of_the_values(template: str) -> None:
    found = resolved(template, VALUES)["r"]
    memory = found.at("limits", "memory")
    assert memory.text == "64Mi"
    assert str(place(TEMPLATE, memory)) == "values.yaml:19"
    assert found.is_complete


@pytest.mark.parametrize("name", ["none", "absent"])
def test_an_empty_block_is_there_to_be_filled(name: str) -> None:
    below = resolved(f"r:\n  {{{{- toYaml .Values.{name} | nindent 2 }}}}\n", VALUES)["r"]
    beside = resolved(f"r:\n  a: b\n  {{{{- toYaml .Values.{name} | nindent 2 }}}}\n", VALUES)["r"]
    assert below
    assert known_text(below) is None
    assert not beside.is_complete


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        pytest.param("values-prod.yaml", "port: 9090\n", None, id="another environment differs"),
        pytest.param("values.production.yaml", "port: 9090\n", None, id="named with a dot"),
        pytest.param("values-prod.yaml", "port: 8080\n", "8080", id="it agrees"),
        pytest.param("values-prod.yaml", "image: {tag: v4}\n", "8080", id="it says something else"),
        pytest.param("values-dev.yaml", "port: 9090\n", "8080", id="a development environment"),
        pytest.param("other/values-prod.yaml", "port: 9090\n", "8080", id="not beside it"),
    ],
)
def test_environments(name: str, other: str, expected: str | None) -> None:
    assert known_text(resolved("a: {{ .Values.port }}\n", VALUES, {name: other})["a"]) == expected


def test_of_a_block_only_what_environments_set_is_unknown() -> None:
    more = {"values-prod.yaml": "resources: {limits: {memory: 1Gi}}\n"}
    values = "resources: {limits: {memory: 64Mi, cpu: 1}}\n"
    limits = resolved("r: {{- toYaml .Values.resources | nindent 2 }}\n", values, more).at("r", "limits")
    assert [known_text(limits["memory"]), known_text(limits["cpu"])] == [None, "1"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param('{{- $_ := set . "Values" (dict "port" 1) }}', id="all of them"),
        pytest.param('{{- $_ := set .Values "port" 1 }}', id="an entry"),
        pytest.param('{{- $_ := mustMergeOverwrite $.Values (dict "port" 1) }}', id="merged"),
    ],
)
def test_values_that_a_template_writes_to_are_unknown(change: str) -> None:
    assert known_text(resolved(f"{change}\na: {{{{ .Values.port }}}}\n", VALUES)["a"]) is None


def test_values_that_cannot_be_read_are_unknown_even_where_absent() -> None:
    assert known_text(resolved("a: {{ .Values.port | default 5 }}\n", "a: [\n")["a"]) is None


@pytest.mark.parametrize(
    ("version", "expected"),
    [('"1.10"', "1.10"), ("1.10", "1.1"), ("2.0", "2"), ("1.10.0", "1.10.0"), ("v2", "v2")],
)
def test_the_version_of_the_app_as_helm_reads_it(version: str, expected: str) -> None:
    chart = {"Chart.yaml": f"name: web\nappVersion: {version}\n"}
    assert known_text(resolved("a: {{ .Chart.AppVersion }}\n", more=chart)["a"]) == expected
