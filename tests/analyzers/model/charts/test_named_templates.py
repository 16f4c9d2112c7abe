"""`define` blocks of a chart, put where they are included."""

from __future__ import annotations

import pytest

from analyzers.model.yaml_facts import comparable_texts, known_text, place
from tests.analyzers.model.charts.releases import TEMPLATE, resolved
from tests.hanging import must_end

HELPERS = """\
{{- define "web.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "web.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride }}{{ else }}
{{- printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}
{{- end -}}
{{- define "web.image" -}}
{{- $tag := .Chart.AppVersion -}}
{{- if .Values.tag }}{{- $tag = .Values.tag }}{{ end -}}
{{ printf "%s:%s" .Values.repository $tag }}
{{- end -}}
{{- define "web.selectorLabels" -}}
app: {{ include "web.name" . }}
release: {{ .Release.Name }}
{{- end }}
{{- define "web.labels" -}}
{{ include "web.selectorLabels" . }}
tier: front
{{- end }}
{{- define "web.check" -}}
{{- if and .Values.a .Values.b }}{{ fail "one of them" }}{{ end -}}
{{- end }}
{{- define "web.component" -}}
component: {{ .component }}
app: {{ include "web.name" .root }}
{{- end }}
"""
MORE = {"templates/_helpers.tpl": HELPERS}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param("", "web", id="by default"),
        pytest.param("nameOverride: shop\n", "shop", id="overridden"),
    ],
)
def test_text(values: str, expected: str) -> None:
    assert known_text(resolved('a: {{ include "web.name" . }}\n', values, MORE)["a"]) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param("repository: r\n", "r:v7", id="the branch not taken"),
        pytest.param("repository: r\ntag: t\n", "r:t", id="the branch taken"),
        pytest.param("tag: t\n", None, id="a part that nobody says"),
    ],
)
def test_an_image_put_together(values: str, expected: str | None) -> None:
    assert known_text(resolved('a: {{ include "web.image" . | quote }}\n', values, MORE)["a"]) == expected


def test_labels_stand_where_they_are_defined() -> None:
    root = resolved('labels:\n  {{- include "web.labels" . | nindent 2 }}\n', "", MORE)
    labels = root["labels"]
    assert [labels["app"].text, labels["tier"].text] == ["web", "front"]
    assert str(place(TEMPLATE, labels["tier"])) == "templates/_helpers.tpl:20"
    assert labels.is_complete


def test_a_dictionary_is_handed_over() -> None:
    call = '{{- include "web.component" (dict "root" $ "component" "api") | nindent 2 }}'
    labels = resolved(f"labels:\n  {call}\n", "", MORE)["labels"]
    assert comparable_texts(labels) == {"component": "api", "app": "web"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param('{{ include "web.fullname" . }}', '{{ include "web.fullname" $ }}', id="a name"),
        pytest.param("{{ .Release.Name }}-x", "{{ .Release.Name }}-x", id="a text with a name"),
        pytest.param('{{ include "gone" . }}', '{{ include "gone" . }}', id="a template that is elsewhere"),
    ],
)
def test_the_same_unknown_is_comparable(one: str, other: str) -> None:
    root = resolved(f"a: {{x: {one}}}\nb: {{x: {other}}}\n", "", MORE)
    found = [comparable_texts(root[key]) for key in ("a", "b")]
    assert found[0] == found[1] != {}
    assert known_text(root["a"]["x"]) is None


def test_other_unknowns_are_not() -> None:
    root = resolved("a: {x: {{ .Release.Name }}}\nb: {x: {{ .Values.y }}}\nc: {x: {{ uuidv4 }}}\n")
    assert comparable_texts(root["a"]) != comparable_texts(root["b"])
    assert comparable_texts(root["c"]) == {}


def test_a_template_that_only_checks_adds_nothing() -> None:
    root = resolved('a: b\n{{- include "web.check" . }}\n', "", MORE)
    assert root.is_complete


CYCLE = '{{ define "a" }}\nq:\n{{ include "a" (dict "x" .) | indent 2 }}\n{{ end }}'
CALL = "{{{{ include `w{next}` (dict `r` $) }}}}"
WIDE = "".join(f"{{{{ define `w{n}` }}}}{CALL.format(next=n + 1) * 8}{{{{ end }}}}" for n in range(10))


@pytest.mark.parametrize(
    ("helpers", "name"),
    [
        pytest.param(CYCLE, "a", id="a cycle"),
        pytest.param(WIDE, "w0", id="eight calls on each of ten levels"),
    ],
)
def test_calls_without_end_end(helpers: str, name: str) -> None:
    text = f'x: {{{{ include "{name}" . }}}}\ny:\n  {{{{- include "{name}" . | nindent 2 }}}}\n'
    with must_end():
        root = resolved(text, "", {"templates/_helpers.tpl": helpers})
    assert known_text(root["x"]) is None


@pytest.mark.parametrize(
    ("body", "is_complete"),
    [
        pytest.param('a: 1\n{{ include "more" . }}', True, id="known"),
        pytest.param("a: 1\n{{ toYaml .Values.more }}", False, id="unknown, on its last line"),
        pytest.param("a: 1\n{{ toYaml .Values.more }}\n", False, id="unknown, before its end"),
    ],
)
def test_what_is_printed_on_the_last_line_of_a_named_template(body: str, is_complete: bool) -> None:
    helpers = f'{{{{- define "all" -}}}}\n{body}\n{{{{- end -}}}}\n{{{{ define "more" }}}}b: 2{{{{ end }}}}\n'
    found = resolved('r:\n  {{- include "all" . | nindent 2 }}\n', more={"templates/_helpers.tpl": helpers})[
        "r"
    ]
    assert (found["a"].text, found.is_complete) == ("1", is_complete)


def test_a_list_that_a_loop_makes_is_not_known_to_end() -> None:
    helpers = '{{- define "all" -}}\n{{- range .Values.all }}\n- a\n{{- end }}\n{{- end -}}\n'
    found = resolved('r:\n  {{- include "all" . | nindent 2 }}\n', more={"templates/_helpers.tpl": helpers})[
        "r"
    ]
    assert not found.is_complete


def test_blanks_around_a_named_template_are_trimmed() -> None:
    helpers = '{{- define "who" -}}\n    web\n{{- end }}\n'
    found = resolved('a: {{ template "who" . }}-x\n', more={"templates/_helpers.tpl": helpers})
    assert found["a"].text == "web-x"
