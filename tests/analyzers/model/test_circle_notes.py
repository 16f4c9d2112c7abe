"""A circle ends, and a note says where it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.analyzers.model.repositories import repository

CI = ".gitlab-ci.yml"
BAKE = "docker-bake.hcl"
CHART = {"c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "c/values.yaml": "a: b\n"}
USES = 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: {{ include "c.name" . }}\n'


def helpers(text: str) -> Mapping[str, str]:
    return {**CHART, "c/templates/_helpers.tpl": text, "c/templates/map.yaml": USES}


def notes(files: Mapping[str, str]) -> list[tuple[str, int | None, str]]:
    return [(note.path, note.line, note.reason) for note in repository(files).notes]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({CI: "include: a.yml\njob: {script: a}\n", "a.yml": "b: {script: a}\n"}, id="includes"),
        pytest.param(
            {CI: "include: [a.yml, b.yml]\n", "a.yml": "include: b.yml\n", "b.yml": "x: {script: a}\n"},
            id="one file included twice",
        ),
        pytest.param(
            {CI: ".a: {tags: [x]}\n.b: {extends: .a}\n.c: {extends: .a}\nj: {extends: [.b, .c]}\n"},
            id="one job extended twice",
        ),
        pytest.param(
            {CI: ".a: {script: [x]}\nj: {script: [!reference [.a, script], !reference [.a, script]]}\n"},
            id="references",
        ),
        pytest.param(
            {CI: "j: {script: [!reference [j, before_script]], before_script: [a]}\n"}, id="another keyword"
        ),
        pytest.param({BAKE: 'target "a" {}\ntarget "b" { inherits = ["a"] }\n'}, id="targets"),
        pytest.param(helpers('{{ define "c.name" }}{{ .Chart.Name }}{{ end }}'), id="named templates"),
    ],
)
def test_no_circle(files: Mapping[str, str]) -> None:
    assert notes(files) == []


@pytest.mark.parametrize(
    ("files", "path", "line", "words"),
    [
        pytest.param(
            {
                CI: "j: {script: a}\ninclude:\n  - x.yml\n  - a.yml\n",
                "a.yml": f"include: {CI}\n",
                "x.yml": "",
            },
            CI,
            4,
            "files include one another (.gitlab-ci.yml, a.yml and .gitlab-ci.yml again)",
            id="includes",
        ),
        pytest.param(
            {CI: "j:\n  script: a\n  extends: .b\n.b: {extends: .c}\n.c:\n  extends: [.b]\n"},
            CI,
            4,
            "jobs extend one another (.b, .c and .b again)",
            id="extends",
        ),
        pytest.param(
            {CI: "j:\n  script:\n    - a\n    - !reference [j, script]\n"},
            CI,
            2,
            "`!reference` leads round in a circle (j script and j script again)",
            id="references",
        ),
        pytest.param(
            {BAKE: 'target "a" {\n  inherits = ["b"]\n}\ntarget "b" {\n  inherits = ["a"]\n}\n'},
            BAKE,
            2,
            "targets inherit from one another (a, b and a again)",
            id="targets",
        ),
        pytest.param(
            {BAKE: 'target "a" {}\ngroup "x" {\n  targets = ["y"]\n}\ngroup "y" {\n  targets = ["x"]\n}\n'},
            BAKE,
            3,
            "groups hold one another (x, y and x again)",
            id="groups",
        ),
        pytest.param(
            helpers(
                '{{ define "c.other" }}{{ end }}\n{{ define "c.name" }}{{ include "c.full" . }}{{ end }}\n'
                '{{ define "c.full" }}{{ include "c.name" . }}{{ end }}'
            ),
            "c/templates/_helpers.tpl",
            2,
            "named templates include one another (c.name, c.full and c.name again)",
            id="named templates",
        ),
        pytest.param(
            {
                "prod/kustomization.yaml": "resources:\n  - ../base\n",
                "base/kustomization.yaml": "resources:\n  - x.yaml\n  - ../prod\n",
                "k/kustomization.yaml": "resources: [../prod]\n",
                "base/x.yaml": "kind: ConfigMap\napiVersion: v1\n",
            },
            "base/kustomization.yaml",
            3,
            "kustomizations take each other in (base, prod and base again)",
            id="kustomizations",
        ),
    ],
)
def test_a_circle_is_told(files: Mapping[str, str], path: str, line: int, words: str) -> None:
    ((where, at, reason),) = notes(files)
    assert (where, at) == (path, line)
    assert words in reason


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param(
            {
                CI: "j: {script: a, extends: .0}\n"
                + "".join(f".{n}: {{extends: .{n + 1}}}\n" for n in range(15))
                + ".15: {tags: [x]}\n"
            },
            "j extends more than 11 levels",
            id="extends",
        ),
        pytest.param(
            {
                CI: "include: f0.yml\n",
                **{f"f{n}.yml": f"include: f{n + 1}.yml\n" for n in range(160)},
                "f160.yml": "a: {script: b}\n",
            },
            "more than 150 files are included",
            id="includes",
        ),
        pytest.param(
            {
                BAKE: 'target "t0" {}\n'
                + "".join(f'target "t{n + 1}" {{ inherits = ["t{n}"] }}\n' for n in range(30))
            },
            "targets inherit over more than 20 generations",
            id="targets",
        ),
    ],
)
def test_a_limit_is_told(files: Mapping[str, str], words: str) -> None:
    assert any(words in reason for _, _, reason in notes(files))
