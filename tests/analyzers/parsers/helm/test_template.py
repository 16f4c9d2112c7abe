from __future__ import annotations

import re
from contextlib import suppress

import pytest

from analyzers.parsers.helm import (
    chart_folders,
    find_definitions,
    is_template,
    parse_template,
    read_template_text,
)
from analyzers.parsers.helm.neutral import neutralise
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.problem import Unreadable
from tests.analyzers.documents import template
from tests.hanging import must_end

CHART = frozenset({"deploy/chart"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("deploy/chart/values.yaml", False),
        ("deploy/chart/crds/crd.yaml", False),
        ("deploy/templates/web.yaml", False),
        ("templates/web.yaml", False),
        ("deploy/chart/templates/web.yaml", True),
        ("deploy/chart/templates/web/deployment.yaml", True),
    ],
)
def test_a_template_lies_in_a_charts_folder(path: str, expected: bool) -> None:
    assert is_template(path, CHART) is expected


def test_a_chart_is_where_its_chart_file_is() -> None:
    assert chart_folders(["a/Chart.yaml", "Chart.yaml", "b/chart.yaml", "c/values.yaml"]) == {"a", ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: b\n", "a: b\n", id="no action"),
        pytest.param("a: {{ never closed\n", "a: {{ never closed\n", id="action never closed"),
        pytest.param('a: {{ "never closed }}\n', 'a: {{ "never closed }}\n', id="string never closed"),
        pytest.param("{{/* note */}}\na: b\n", "\na: b\n", id="comment"),
        pytest.param("{{/* }} */}}\n", "\n", id="comment with closing braces"),
        pytest.param("  {{- if .Values.x }}\n", "\n", id="control alone"),
        pytest.param("{{ $x := 1 }}{{ end }}\n", "\n", id="two actions alone"),
        pytest.param("a: {{ .x }}\n", "a: PPPPPPPP\n", id="inline value"),
        pytest.param('a: "{{ .x }}:{{ .y }}"\n', 'a: "PPPPPPPP:PPPPPPPP"\n', id="inline in quotes"),
        pytest.param('a: {{ "}}" }}\n', "a: PPPPPPPPPP\n", id="closing braces in a string"),
        pytest.param("a: {{ `}}` }}\n", "a: PPPPPPPPPP\n", id="closing braces in a raw string"),
        pytest.param("a: {{ if .x }}1{{ end }}\n", "a: PPPPPPPPPPP1PPPPPPPPP\n", id="inline control"),
        pytest.param("a: b {{- /* why */ -}}\n", "a: b                  \n", id="comment after a value"),
        pytest.param("a: {{ f\n  .x }}\n", "a: PPPP\n\n", id="action over two lines"),
        pytest.param("a: {{- toYaml .x | nindent 2 }}\n", "a:                             \n", id="nindent"),
        pytest.param("a: {{- with .x }}\n  b: c\n  {{ end }}\n", "a:               \n  b: c\n\n", id="block"),
        pytest.param('{{ define "x" }}\na: b\n{{ end }}\nc: d\n', "\n\n\nc: d\n", id="a named template"),
        pytest.param(
            "a: {{ if .x }}{{ f | nindent 2 }}{{ end }}\n",
            "a:                                        \n",
            id="run",
        ),
        pytest.param("é {{.}}\r\n", "é PPPPP\r\n", id="CRLF and an accent"),
    ],
)
def test_neutral_text_keeps_lines_and_columns(text: str, expected: str) -> None:
    source = read_template_text(text)
    neutral, _ = neutralise(text, source.actions, source.blocks)
    assert re.sub("[\ue000\ue001\ue100-\ue1ff]", "P", neutral) == expected


def test_a_value_from_an_action_is_unknown() -> None:
    (root,) = template("image: {{ .Values.image }}:v1\ntag: v1\n")
    assert not is_known(root["image"].text)
    assert is_known(root["tag"].text)


POD = """\
metadata:
  labels:
    {{- include "labels" . | nindent 4 }}
    app: web
spec:
  containers:
    - name: web
      {{- with .Values.env }}
      env:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      ports:
        - containerPort: 8080
        {{- toYaml .Values.ports | nindent 8 }}
    - name: sidecar
      {{- toYaml .Values.sidecar | nindent 6 }}
      image: nginx:1
"""


def test_only_what_an_action_adds_to_is_incomplete() -> None:
    (root,) = template(POD)
    spec, (web, sidecar) = root["spec"], root["spec"]["containers"]
    assert [root.is_complete, spec.is_complete, web.is_complete] == [True, True, True]
    assert not root["metadata"]["labels"].is_complete
    assert root["metadata"].is_complete
    assert not sidecar.is_complete
    assert not web["ports"].is_complete


def test_what_is_empty_but_for_an_action_is_unknown() -> None:
    (root,) = template(POD)
    web = next(iter(root["spec"]["containers"]))
    assert not is_known(web["env"].text)
    assert not is_known(web["resources"].text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a:\n  b: c\n  {{ include "x" . }}\n', id="include without indentation"),
        pytest.param("a:\n  b: c\n  {{ .k }}: v\n", id="templated key"),
        pytest.param("a:\n{{ toYaml .x | indent 2 }}\n  b: c\n", id="indent, before the first key"),
        pytest.param("a: {{- toYaml .x | nindent 2 }}\n  b: c\n", id="nindent on the line of the key"),
    ],
)
def test_incomplete(text: str) -> None:
    (root,) = template(text)
    assert not root["a"].is_complete


def test_two_branches_make_a_value_unknown() -> None:
    (root,) = template("{{ if .x }}\nreplicas: 1\n{{ else }}\nreplicas: 2\n{{ end }}\nname: web\n")
    assert not is_known(root["replicas"].text)
    assert root["name"].text == "web"


def test_an_item_that_begins_with_an_action_keeps_its_keys() -> None:
    (root,) = template("list:\n  - {{ toYaml . | indent 4 | trim }}\n    key: value\n")
    (item,) = root["list"]
    assert item["key"].text == "value"
    assert not item.is_complete


def test_what_stays_broken_is_unreadable_with_its_line() -> None:
    with pytest.raises(Unreadable) as raised:
        parse_template("a: {{ .x }}\n  b: c\n")
    assert raised.value.line == 2


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            "    {{- if .Values.x }}\n    echo x\n    {{- end }}\n", id="a line that may be left out"
        ),
        pytest.param("    {{- .Values.x | nindent 4 }}\n    echo x\n", id="lines of an action"),
    ],
)
def test_a_block_scalar_with_actions_on_lines_of_their_own_is_readable_and_unknown(script: str) -> None:
    (root,) = template(f"a:\n  - |\n{script}    echo y\nb: c\n")
    (text,) = root["a"]
    assert "echo y" in text.text
    assert not is_known(text.text)
    assert root["b"].text == "c"


@pytest.mark.parametrize(
    ("text", "is_complete"),
    [
        pytest.param(
            "a:\n  - x: 1\n  {{- if .y }}\n  - x: 2\n  {{- end }}\n", True, id="an object that may be there"
        ),
        pytest.param(
            "{{- range .all }}\n---\na:\n  - x\n{{- end }}\n", True, id="a loop around the document"
        ),
        pytest.param(
            "a:\n  - x\n  {{- if .y }}\n  - y\n  {{- end }}\n", False, id="a word that may be there"
        ),
        pytest.param("a:\n  {{- range .y }}\n  - x: 1\n  {{- end }}\n", False, id="a loop of items"),
        pytest.param("a:\n  {{- range .y }}\n  k: 1\n  {{- end }}\n", False, id="a loop of keys"),
        pytest.param(
            "a:\n  env:\n  {{- range .y }}\n    - x: 1\n  {{- end }}\n", True, id="a loop below a key"
        ),
    ],
)
def test_only_loops_and_optional_words_make_incomplete(text: str, is_complete: bool) -> None:
    assert [root["a"].is_complete for root in template(text)] == [is_complete]


def test_named_templates_are_found_with_their_places() -> None:
    text = 'x\n{{- define "a" -}}\nk: v\n{{- end -}}\n{{ define `b` }}w{{ end }}\n{{ define "open" }}\n'
    found = [(each.name, each.body, each.line, each.column) for each in find_definitions(text)]
    assert found == [("a", "k: v", 3, 1), ("b", "w", 5, 17)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{.}}" * 200_000, id="more actions than are read"),
        pytest.param("a: {{.}}\n" * 3_900, id="as many as are read"),
        pytest.param("{{" * 500_000, id="only openings"),
        pytest.param("a: {{ " + '"\\' * 400_000, id="string of escapes"),
        pytest.param("{{`" * 300_000, id="raw strings"),
        pytest.param("{{/*" * 250_000, id="comments never closed"),
        pytest.param("a:\n" + "  {{ x | nindent 2 }}\n" * 3_900, id="holes"),
        pytest.param("{{ if .x }}\n" * 1_900 + "a: b\n" + "{{ end }}\n" * 1_900, id="nested blocks"),
        pytest.param('{{ define "a" }}' * 1_900 + "{{ end }}" * 1_900, id="nested definitions"),
        pytest.param("{{ end }}\n" * 3_900, id="ends of nothing"),
    ],
)
def test_hostile_templates_end_soon(text: str) -> None:
    with must_end(), suppress(Unreadable):
        parse_template(text)
    with must_end(), suppress(Unreadable):
        find_definitions(text)
