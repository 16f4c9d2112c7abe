from __future__ import annotations

import time
from contextlib import suppress

import pytest

from analyzers.parsers.helm_template import chart_folders, is_template, neutralise, parse_template
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.problem import Unreadable
from tests.analyzers.documents import template

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
        pytest.param("{{/* note */}}\na: b\n", "              \na: b\n", id="comment"),
        pytest.param("{{/* }} */}}\n", "            \n", id="comment with closing braces"),
        pytest.param("  {{- if .Values.x }}\n", "                     \n", id="control alone"),
        pytest.param("{{ $x := 1 }}{{ end }}\n", "                      \n", id="two actions alone"),
        pytest.param("a: {{ .x }}\n", "a: PPPPPPPP\n", id="inline value"),
        pytest.param('a: "{{ .x }}:{{ .y }}"\n', 'a: "PPPPPPPP:PPPPPPPP"\n', id="inline in quotes"),
        pytest.param('a: {{ "}}" }}\n', "a: PPPPPPPPPP\n", id="closing braces in a string"),
        pytest.param("a: {{ `}}` }}\n", "a: PPPPPPPPPP\n", id="closing braces in a raw string"),
        pytest.param("a: {{ if .x }}1{{ end }}\n", "a: PPPPPPPPPPP1PPPPPPPPP\n", id="inline control"),
        pytest.param("a: b {{- /* why */ -}}\n", "a: b                  \n", id="comment after a value"),
        pytest.param("a: {{ f\n  .x }}\n", "a: PPPP\n       \n", id="action over two lines"),
        pytest.param("a: {{- toYaml .x | nindent 2 }}\n", "a:                             \n", id="nindent"),
        pytest.param("é {{.}}\r\n", "é PPPPP\r\n", id="CRLF and an accent"),
    ],
)
def test_neutral_text_has_the_same_length(text: str, expected: str) -> None:
    assert neutralise(text).replace("\ue000", "P") == expected


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
    (root,) = parse_template(text)
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
    "text",
    [
        pytest.param("{{.}}" * 200_000, id="one line of actions"),
        pytest.param("{{" * 400_000, id="only openings"),
        pytest.param("a: {{ " + '"\\' * 400_000, id="string of escapes"),
        pytest.param("{{`" * 300_000, id="raw strings"),
        pytest.param("{{/*" * 250_000, id="comments never closed"),
        pytest.param("{{ x | nindent 2 }}\n" * 50_000, id="50,000 holes"),
    ],
)
def test_hostile_templates_end_soon(text: str) -> None:
    started = time.perf_counter()
    with suppress(Unreadable):
        parse_template(text)
    assert len(neutralise(text)) == len(text)
    assert time.perf_counter() - started < 20
