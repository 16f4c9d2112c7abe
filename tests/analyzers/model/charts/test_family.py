"""Charts inside charts: values from above, templates that are judged."""

from __future__ import annotations

import pytest

from analyzers.model.reading.charts import Charts
from analyzers.model.yaml_facts import known_text, place
from tests.analyzers.model.charts.releases import charts, sources

BELOW = "shop/charts/api/templates/a.yaml"
ASIDE = "libs/api/templates/a.yaml"
TEMPLATE = "a: {{ .Values.port }}\nb: {{ .Values.global.zone }}\n"


def family(parent: str, values: str, folder: str) -> dict[str, str]:
    return {
        "shop/Chart.yaml": f"name: shop\n{parent}",
        "shop/values.yaml": values,
        f"{folder}/Chart.yaml": "name: api\n",
        f"{folder}/values.yaml": "port: 80\n",
        f"{folder}/templates/a.yaml": TEMPLATE,
    }


@pytest.mark.parametrize(
    ("parent", "values", "folder", "expected"),
    [
        pytest.param("", "", "shop/charts/api", ("80", "shop/charts/api/values.yaml"), id="its own"),
        pytest.param(
            "", "api: {port: 90}\n", "shop/charts/api", ("90", "shop/values.yaml"), id="the parent's"
        ),
        pytest.param(
            "dependencies: [{name: api, repository: file://../libs/api}]\n",
            "api: {port: 90}\n",
            "libs/api",
            ("90", "shop/values.yaml"),
            id="by path",
        ),
        pytest.param(
            "dependencies: [{name: api, alias: front, repository: file://../libs/api}]\n",
            "api: {port: 1}\nfront: {port: 90}\n",
            "libs/api",
            ("90", "shop/values.yaml"),
            id="by alias",
        ),
        pytest.param(
            "dependencies: [{name: api, repository: file://../../../libs/api}]\n",
            "api: {port: 90}\n",
            "libs/api",
            ("80", "libs/api/values.yaml"),
            id="a path that leaves the repository",
        ),
    ],
)
def test_who_sets_a_value(parent: str, values: str, folder: str, expected: tuple[str, str]) -> None:
    path = f"{folder}/templates/a.yaml"
    (root,) = charts(family(parent, values, folder)).documents(path) or ()
    assert (known_text(root["a"]), place(path, root["a"]).path) == expected


def test_global_values_are_handed_down() -> None:
    (root,) = charts(family("", "global: {zone: eu}\n", "shop/charts/api")).documents(BELOW) or ()
    assert known_text(root["b"]) == "eu"


def test_two_parents_that_differ_leave_it_open() -> None:
    link = "dependencies: [{name: api, repository: file://../libs/api}]\n"
    files = family(link, "api: {port: 90}\n", "libs/api") | {
        "cafe/Chart.yaml": f"name: cafe\n{link}",
        "cafe/values.yaml": "api: {port: 91}\n",
    }
    (root,) = charts(files).documents(ASIDE) or ()
    assert known_text(root["a"]) is None


def test_charts_that_contain_each_other_end() -> None:
    link = "dependencies: [{name: shop, repository: file://../../shop}]\n"
    files = family("dependencies: [{name: api, repository: file://../libs/api}]\n", "", "libs/api")
    files["libs/api/Chart.yaml"] += link
    (root,) = charts(files).documents(ASIDE) or ()
    assert known_text(root["a"]) == "80"


@pytest.mark.parametrize(
    ("parent", "chart"),
    [
        pytest.param("", "name: api\ntype: library\n", id="a library"),
        pytest.param(
            "dependencies: [{name: api, repository: https://charts.example.org}]\n",
            "name: api\n",
            id="a copy",
        ),
    ],
)
def test_not_judged(parent: str, chart: str) -> None:
    files = family(parent, "", "shop/charts/api") | {"shop/charts/api/Chart.yaml": chart}
    assert charts(files).documents(BELOW) is None


def test_a_template_that_cannot_be_read_is_noted_once() -> None:
    files = sources({"Chart.yaml": "name: a\n", "templates/a.yaml": "a: {{ .x }}\n  b: c\n"})
    found = Charts(files)
    assert found.documents("templates/a.yaml") is found.documents("templates/a.yaml") is None
    (note,) = files.notes
    assert note.reason.startswith("template not analysed: ")
    assert (note.path, note.line) == ("templates/a.yaml", 2)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("a: b\n", {"values.yaml"}, id="nothing looked up"),
        pytest.param("a: {{ .Chart.Name }}\n", {"values.yaml"}, id="the chart's name"),
        pytest.param("a: {{ .Values.x }}\n", {"values.yaml", "templates/a.yaml"}, id="a value"),
    ],
)
def test_what_rests_on_values(template: str, expected: set[str]) -> None:
    found = charts({"Chart.yaml": "name: a\n", "values.yaml": "x: 1\n", "templates/a.yaml": template})
    found.documents("templates/a.yaml")
    assert found.assumed_paths == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("files/a.yaml", False),
        ("other/files/a.yaml", False),
        ("shop/templates/files/a.yaml", False),
        ("shop/files/a.yaml", True),
        ("shop/charts/api/files/deep/a.yaml", True),
    ],
)
def test_what_only_templates_read(path: str, expected: bool) -> None:
    assert charts(family("", "", "shop/charts/api")).is_data(path) is expected


HELPED = 'a: {{ include "who" . }}\nb: {{ .Chart.Name }}\nc: {{ .Values.taken | default "none" }}\n'
BY_PATH = "{name: api, repository: file://../libs/api}"


@pytest.mark.parametrize(
    ("parent", "key", "expected"),
    [
        pytest.param("", "a", "parent", id="a parent's named template goes before its own"),
        pytest.param("", "b", "api", id="its name"),
        pytest.param("{name: api, alias: front, repository: file://../libs/api}", "b", "front", id="alias"),
        pytest.param(
            f"{BY_PATH}, {BY_PATH.replace('name: api', 'name: api, alias: front')}",
            "b",
            None,
            id="two names at once",
        ),
        pytest.param("", "c", None, id="whether null takes back a value depends on Helm's version"),
    ],
)
def test_what_a_parent_changes(parent: str, key: str, expected: str | None) -> None:
    link = f"dependencies: [{parent or BY_PATH}]\n"
    files = family(link, "api: {taken: null}\n", "libs/api") | {
        "libs/api/values.yaml": "taken: yes\n",
        "libs/api/templates/a.yaml": HELPED,
        "libs/api/templates/_own.tpl": '{{- define "who" -}}own{{- end -}}\n',
        "shop/templates/_parent.tpl": '{{- define "who" -}}parent{{- end -}}\n',
    }
    (root,) = charts(files).documents(ASIDE) or ()
    assert known_text(root[key]) == expected


def test_an_old_chart_names_its_subcharts_in_a_file_of_their_own() -> None:
    files = family("", "front: {port: 90}\n", "libs/api")
    files["shop/requirements.yaml"] = f"dependencies: [{BY_PATH.replace('}', ', alias: front}')}]\n"
    (root,) = charts(files).documents(ASIDE) or ()
    assert known_text(root["a"]) == "90"
