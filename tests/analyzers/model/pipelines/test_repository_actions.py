"""Actions and workflows that the repository has itself."""

from __future__ import annotations

import pytest

from analyzers.model.pipeline import Job
from tests.analyzers.model.repositories import repository

BUILD = ".github/actions/build/action.yml"
ACTION = """\
inputs:
  file: {default: Dockerfile}
  go: {required: true}
runs:
  using: composite
  steps:
    - uses: actions/setup-go@v5
      with: {go-version: "${{ inputs.go }}"}
    - run: docker build -f ${{ inputs.file }} .
      shell: bash
"""


def jobs(text: str, **files: str) -> dict[str, Job]:
    pipelines = repository({".github/workflows/ci.yml": text, **files}).pipelines
    return {
        f"{pipeline.path.split('/')[-1]} {job.name}": job for pipeline in pipelines for job in pipeline.jobs
    }


def job(steps: str, **files: str) -> Job:
    return jobs(f"jobs:\n  a:\n    steps:\n{steps}", **files)["ci.yml a"]


USES = "      - uses: ./.github/actions/build\n"


def test_a_missing_action_is_incomplete() -> None:
    assert not job(USES).is_complete


def test_an_action_of_another_kind_is_one_step() -> None:
    found = job(USES, **{BUILD: "runs: {using: node20, main: index.js}\n"})
    assert (len(found.steps), found.is_complete) == (1, True)


def test_the_steps_of_an_action_stand_in_its_file() -> None:
    found = job(USES + "        with: {go: '1.25', file: deploy/Dockerfile}\n", **{BUILD: ACTION})
    assert [step.uses for step in found.steps] == ["./.github/actions/build", "actions/setup-go", ""]
    assert [(fact.value, str(fact.at)) for fact in found.go_versions] == [("1.25", f"{BUILD}:8")]
    (build,) = found.commands
    assert (build.words, str(build.at)) == (
        ("docker", "build", "-f", "deploy/Dockerfile", "."),
        f"{BUILD}:9",
    )
    assert found.is_complete


def test_what_a_workflow_gives_an_action_may_be_an_expression() -> None:
    text = (
        "jobs:\n  a:\n    strategy: {matrix: {go: ['1.24', '1.25']}}\n    steps:\n"
        "      - uses: ./.github/actions/build\n        with: {go: '${{ matrix.go }}'}\n"
    )
    found = jobs(text, **{BUILD: ACTION})["ci.yml a"]
    assert [fact.value for fact in found.go_versions] == ["1.24", "1.25"]
    assert found.commands[0].words[3] == "Dockerfile"


def test_actions_in_actions_and_in_circles() -> None:
    outer = (
        "inputs: {version: {}}\nruns:\n  using: composite\n  steps:\n"
        "    - uses: ./.github/actions/build\n      with: {go: '${{ inputs.version }}'}\n"
    )
    circle = "runs:\n  using: composite\n  steps: [{uses: ./.github/actions/circle}]\n"
    files = {
        BUILD: ACTION,
        ".github/actions/outer/action.yaml": outer,
        ".github/actions/circle/action.yml": circle,
    }
    found = job("      - uses: ./.github/actions/outer\n        with: {version: '1.25'}\n", **files)
    assert [fact.value for fact in found.go_versions] == ["1.25"]
    assert not job("      - uses: ./.github/actions/circle\n", **files).is_complete


CALLED = """\
on: {workflow_call: {inputs: {file: {}, go: {default: '1.24'}}}}
jobs:
  image:
    steps:
      - uses: actions/setup-go@v5
        with: {go-version: "${{ inputs.go }}"}
      - uses: docker/build-push-action@v6
        with: {file: "${{ inputs.file }}"}
"""
IMAGE = ".github/workflows/image.yml"


def test_a_workflow_that_nobody_calls_has_unknown_inputs() -> None:
    found = jobs("jobs: {}\n", **{IMAGE: CALLED})["image.yml image"]
    assert [fact.value for fact in found.go_versions] == [None]
    assert found.combinations == ({},)


def test_a_workflow_has_the_inputs_of_its_callers() -> None:
    caller = (
        "jobs:\n  a:\n    uses: ./.github/workflows/image.yml\n    with: {file: a/Dockerfile}\n"
        "  b:\n    uses: ./.github/workflows/image.yml\n    with: {file: b/Dockerfile, go: '1.25'}\n"
    )
    found = jobs(caller, **{IMAGE: CALLED})
    image = found["image.yml image"]
    assert image.combinations == (
        {"inputs.file": "a/Dockerfile", "inputs.go": "1.24"},
        {"inputs.file": "b/Dockerfile", "inputs.go": "1.25"},
    )
    assert [(fact.value, str(fact.at)) for fact in image.go_versions] == [
        ("1.24", f"{IMAGE}:1"),
        ("1.25", ".github/workflows/ci.yml:7"),
    ]
    assert image.steps[1].inputs["file"].value is None
    assert [found[name].calls for name in ("ci.yml a", "ci.yml b")] == [IMAGE, IMAGE]
    assert found["ci.yml a"].is_complete


def test_a_workflow_that_is_started_otherwise_too_may_have_none() -> None:
    called = CALLED.replace("on: {", "on: {push: {}, ")
    caller = "jobs:\n  a:\n    uses: ./.github/workflows/image.yml\n    with: {file: a/Dockerfile}\n"
    image = jobs(caller, **{IMAGE: called})["image.yml image"]
    assert image.combinations == ({"inputs.file": "a/Dockerfile", "inputs.go": "1.24"}, {})


def test_workflows_that_call_each_other_end() -> None:
    text = "on: {workflow_call: {}}\njobs:\n  a:\n    uses: ./.github/workflows/%s\n"
    found = jobs(text % "image.yml", **{IMAGE: text % "ci.yml"})
    assert set(found) == {"ci.yml a", "image.yml a"}


@pytest.mark.parametrize(
    ("action", "module", "versions"),
    [
        pytest.param("v5", "module a\n", [None], id="no go line"),
        pytest.param("v5", "module a\n\ngo 1.24.0\n", ["1.24.0"], id="the go line"),
        pytest.param(
            "v5", "module a\n\ngo 1.24.0\n\ntoolchain go1.25.1\n", ["1.24.0"], id="no toolchain before v6"
        ),
        pytest.param("v6", "module a\n\ngo 1.24.0\n\ntoolchain go1.25.1\n", ["1.25.1"], id="the toolchain"),
        pytest.param(
            "0123abc", "module a\n\ngo 1.24.0\n\ntoolchain go1.25.1\n", [None], id="either, by a commit"
        ),
    ],
)
def test_go_version_file(action: str, module: str, versions: list[str | None]) -> None:
    steps = f"      - uses: actions/setup-go@{action}\n        with: {{go-version-file: ./app/go.mod}}\n"
    found = job(steps, **{"app/go.mod": module})
    assert [fact.value for fact in found.go_versions] == versions


@pytest.mark.parametrize(
    ("action", "inputs", "files"),
    [
        pytest.param("v5", "{cache: false}", None, id="switched off"),
        pytest.param("v3", "{go-version: '1.25'}", None, id="off before version 4"),
        pytest.param("v5", "{cache: '${{ inputs.x }}'}", None, id="not known"),
        pytest.param("v3", "{cache: true}", (), id="switched on"),
        pytest.param("v5", "{go-version: '1.25'}", (), id="on by itself"),
        pytest.param("v5", "{cache-dependency-path: '**/go.sum'}", ("**/go.sum",), id="its own files"),
    ],
)
def test_the_cache_of_setup_go(action: str, inputs: str, files: tuple[str, ...] | None) -> None:
    caches = job(f"      - uses: actions/setup-go@{action}\n        with: {inputs}\n").caches
    assert [cache.key_files for cache in caches if cache.by == "actions/setup-go"] == (
        [] if files is None else [files]
    )


@pytest.mark.parametrize(
    ("before", "value"),
    [
        pytest.param('echo "TAG=$(date)" >> "$GITHUB_ENV"', None, id="set by a step before"),
        pytest.param("echo TAG=x", "outer", id="only written"),
    ],
)
def test_variables_in_inputs(before: str, value: str | None) -> None:
    steps = f"      - run: {before}\n      - uses: a/b@v1\n        with: {{tag: '${{{{ env.TAG }}}}'}}\n"
    found = jobs(f"env: {{TAG: outer}}\njobs:\n  a:\n    steps:\n{steps}")["ci.yml a"]
    assert found.steps[1].inputs["tag"].value == value


def test_an_action_that_is_an_image() -> None:
    (step,) = job("      - uses: docker://alpine:3.20\n").steps
    assert step.image
    assert step.image.value
    assert (step.image.value.repository, step.image.value.tag) == ("alpine", "3.20")
