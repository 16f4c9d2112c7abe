"""GitLab configurations with inputs, matrices, rules and child pipelines."""

from __future__ import annotations

from textwrap import dedent

import pytest

from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.pipelines.gitlab import read_gitlab_pipelines
from tests.analyzers.documents import documents

PATH = ".gitlab-ci.yml"


def pipelines(text: str, **others: str) -> list[Pipeline]:
    texts = {PATH: text, **others}
    parsed = {path: documents(dedent(each)) for path, each in texts.items()}
    return list(read_gitlab_pipelines(PATH, parsed))


def job(text: str, **others: str) -> Job:
    (found,) = pipelines(text, **others)[0].jobs
    return found


def image(found: Job) -> str | None:
    return found.image.value.text if found.image and found.image.value else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("rules: [{if: $X}]", "main", id="rules without variables"),
        pytest.param("rules: [{if: $X, variables: {V: x}}]", None, id="rules of the job"),
        pytest.param("variables: {V: job}", "job", id="its own"),
        pytest.param("inherit: {variables: [V]}", "main", id="inherited by name"),
        pytest.param("inherit: {variables: [W]}", "", id="not inherited"),
        pytest.param("inherit: {variables: false}", "", id="nothing inherited"),
        pytest.param("variables: {V: {value: a$W, expand: false}}", "a$W", id="not expanded"),
    ],
)
def test_variables(text: str, value: str | None) -> None:
    found = job(f"variables: {{V: main, W: other}}\njob: {{script: a, {text}}}\n")
    assert (found.env["V"].value if "V" in found.env else "") == value


def test_rules_of_the_workflow_make_a_variable_unknown_but_not_the_jobs_own() -> None:
    text = "variables: {A: x, B: x}\nworkflow: {rules: [{if: $X, variables: {A: y, B: y}}]}\n"
    found = job(text + "job: {script: a, variables: {B: own}}\n")
    assert (found.env["A"].value, found.env["B"].value) == (None, "own")


def test_a_matrix() -> None:
    text = "job:\n  image: golang:$GO-$OS\n  parallel: {matrix: [{GO: ['1.24', '1.25'], OS: alpine}]}\n"
    found = job(text)
    assert found.combinations == ({"GO": "1.24", "OS": "alpine"}, {"GO": "1.25", "OS": "alpine"})
    assert (found.env["OS"].value, found.env["GO"].value, image(found)) == ("alpine", None, None)
    assert job("job: {script: a, parallel: 5}\n").combinations == ({},)


def test_image_and_services() -> None:
    text = """\
        job:
          image: {name: "gcr.io/kaniko-project/executor:v1.23.2-debug", entrypoint: [""]}
          services: [{name: "docker:27-dind", alias: docker}, "postgres:16", !reference [.db, services]]
          needs: [build, {job: test, artifacts: true}, {project: a/b, job: c}]
    """
    found = job(text)
    assert found.image_entrypoint == ("",)
    assert found.service_names == ("docker", "")
    assert found.needs == ("build", "test")


def test_the_policy_of_a_cache() -> None:
    (cache,) = job("job: {cache: {key: $CI_COMMIT_REF_SLUG, paths: [.go], policy: pull}}\n").caches
    assert (cache.key, cache.policy) == ("$CI_COMMIT_REF_SLUG", "pull")


TEMPLATE = """\
spec:
  inputs:
    go: {default: "1.24"}
    name: {}
    tags: {default: [linux]}
---
"$[[ inputs.name ]]-build":
  image: golang:$[[ inputs.go ]]
  tags: $[[ inputs.tags ]]
  script: go build ./$[[ inputs.name ]]
"""


def test_inputs() -> None:
    text = """\
        include:
          - {local: t.yml, inputs: {name: api}}
          - {local: t.yml, inputs: {name: web, go: '1.25'}}
    """
    found = {each.name: each for each in pipelines(text, **{"t.yml": TEMPLATE})[0].jobs}
    assert {name: image(each) for name, each in found.items()} == {
        "api-build": "golang:1.24",
        "web-build": "golang:1.25",
    }
    assert found["api-build"].commands[0].words == ("go", "build", "./api")
    assert found["web-build"].runs_on == ("linux",)


def test_an_input_that_is_not_given_is_not_known() -> None:
    text = "spec: {inputs: {go: {}}}\n---\njob: {image: 'golang:$[[ inputs.go ]]'}\n"
    assert image(job("include: t.yml\n", **{"t.yml": text})) is None


CHILD = "variables: {GO: '1.22', OWN: x}\nbuild: {image: 'golang:$GO', script: go build}\n"


@pytest.mark.parametrize(
    ("trigger", "found", "is_complete"),
    [
        pytest.param("trigger: other/project", [], True, id="another project"),
        pytest.param("trigger: {include: [{artifact: x.yml, job: a}]}", [], False, id="made by a job"),
        pytest.param("trigger: {include: missing.yml}", [], False, id="missing"),
        pytest.param("trigger: {include: child.yml}", ["golang:1.25"], True, id="with the variables"),
        pytest.param("trigger: {include: [{local: /child.yml}]}", ["golang:1.25"], True, id="in a list"),
        pytest.param(
            "trigger: {include: child.yml, forward: {yaml_variables: false}}",
            ["golang:1.22"],
            True,
            id="without them",
        ),
    ],
)
def test_child_pipelines(trigger: str, found: list[str], is_complete: bool) -> None:
    parent, *children = pipelines(
        f"variables: {{GO: '1.25'}}\nstart: {{{trigger}}}\n", **{"child.yml": CHILD}
    )
    assert [image(child.jobs[0]) for child in children] == found
    assert parent.is_complete is is_complete
    assert [child.path for child in children] == ["child.yml"] * len(found)


def test_a_child_of_two_jobs_is_read_once() -> None:
    text = """\
        a: {variables: {GO: '1.24'}, trigger: {include: c.yml}}
        b: {variables: {GO: '1.25'}, trigger: {include: c.yml}}
    """
    _, child = pipelines(text, **{"c.yml": CHILD})
    assert (image(child.jobs[0]), child.jobs[0].env["OWN"].value) == (None, "x")


def test_a_pipeline_that_starts_itself_ends() -> None:
    assert len(pipelines(f"a: {{trigger: {{include: {PATH}}}}}\n")) == 1
