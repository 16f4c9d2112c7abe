"""Files of a chart in which named templates print the documents, whole ones."""

from __future__ import annotations

import pytest

from analyzers.model.workload import Workload
from analyzers.model.yaml_facts import place
from tests.analyzers.model.charts.releases import TEMPLATE, charts
from tests.analyzers.model.repositories import repository

HELPERS = """\
{{- define "web.deployment" }}
kind: Deployment
metadata:
  name: {{ .Values.name }}
{{- end }}
{{- define "web.service" }}
kind: Service
metadata:
  name: {{ .Values.name }}-front
{{- end }}
{{- define "web.check" }}
{{- if not .Values.name }}{{ fail "who?" }}{{ end }}
{{- end }}
{{- define "web.text" }}some words{{ end }}
"""
CHART = {
    "Chart.yaml": "name: web\nversion: 1.2.0\n",
    "values.yaml": "name: shop\n",
    "templates/_helpers.tpl": HELPERS,
}
DEPLOYMENT = '{{ include "web.deployment" . }}\n'
SERVICE = '{{- include "web.service" $ -}}\n'


def told(template: str) -> list[tuple[str, str]]:
    documents = charts(CHART | {TEMPLATE: template}).documents(TEMPLATE) or ()
    return [(document["kind"].text, document["metadata"]["name"].text) for document in documents if document]


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("", id="nothing"),
        pytest.param('{{ include "web.check" . }}\n', id="one that only checks"),
        pytest.param('{{ include "web.text" . }}\n', id="words"),
        pytest.param('{{ include "other.deployment" . }}\n', id="one of another chart"),
        pytest.param(DEPLOYMENT + SERVICE, id="two that may be parts of one document"),
    ],
)
def test_no_document(template: str) -> None:
    assert told(template) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(DEPLOYMENT, [("Deployment", "shop")], id="one"),
        pytest.param("---\n" + DEPLOYMENT, [("Deployment", "shop")], id="one behind a separator"),
        pytest.param(
            "{{- if .Values.name }}\n" + DEPLOYMENT + "{{- end }}\n",
            [("Deployment", "shop")],
            id="in a branch",
        ),
        pytest.param(
            DEPLOYMENT + "---\n" + SERVICE, [("Deployment", "shop"), ("Service", "shop-front")], id="two"
        ),
        pytest.param(
            "kind: Secret\nmetadata: {name: key}\n" + SERVICE, [("Secret", "key")], id="another one behind it"
        ),
        pytest.param(
            "kind: Secret\nmetadata: {name: key}\n{{ include `web.check` . }}\n",
            [("Secret", "key")],
            id="its own",
        ),
    ],
)
def test_documents(template: str, expected: list[tuple[str, str]]) -> None:
    assert told(template) == expected


def test_they_stand_where_they_are_defined() -> None:
    (document,) = charts(CHART | {TEMPLATE: DEPLOYMENT}).documents(TEMPLATE) or ()
    assert str(place(TEMPLATE, document["metadata"])) == "templates/_helpers.tpl:4"


BASE = """\
{{- define "base.deployment" }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
spec:
  template:
    spec:
      containers:
      {{- with .Values.container }}
      - name: {{ .name }}
        image: {{ $.Values.global.registry }}/{{ .image }}
      {{- end }}
{{- end }}
"""


def test_one_named_template_makes_the_workloads_of_many_subcharts() -> None:
    files = {
        "Chart.yaml": "name: shop\nversion: 1.0.0\n",
        "values.yaml": "global: {registry: example.org}\n",
        "templates/_base.tpl": BASE,
    }
    for name in ("orders", "pay"):
        files |= {
            f"charts/{name}/Chart.yaml": f"name: {name}\nversion: 1.0.0\n",
            f"charts/{name}/values.yaml": f"name: {name}\ncontainer: {{name: a, image: 'acme/{name}:1'}}\n",
            f"charts/{name}/templates/deployment.yaml": '{{ include "base.deployment" . }}\n',
        }
    found = repository(files)
    workloads = [each for each in found.subjects(Workload) if isinstance(each, Workload)]
    images = {each.name: each.containers[0].image for each in workloads}
    assert {name: image and image.value and image.value.text for name, image in images.items()} == {
        "orders": "example.org/acme/orders:1",
        "pay": "example.org/acme/pay:1",
    }
    assert "templates/_base.tpl" in found.assumed_paths
    assert {each.identity for each in workloads} == {""}
