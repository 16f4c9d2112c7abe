from __future__ import annotations

from textwrap import indent

import pytest

from analyzers.model.pipeline import Job, Step
from analyzers.model.pipelines.github import read_github_workflow
from tests.analyzers.documents import documents

PATH = ".github/workflows/ci.yml"


def job(steps: str, around: str = "", workflow: str = "") -> Job:
    text = workflow + "jobs:\n  build:\n" + indent(around, "    ") + "    steps:\n" + indent(steps, "      ")
    (found,) = read_github_workflow(PATH, documents(text)).jobs
    return found


def step(text: str) -> Step:
    (found,) = job(text).steps
    return found


def test_an_action() -> None:
    found = step(
        "- name: Go\n  uses: actions/setup-go@v5\n"
        "  with: {cache: false, go-version: '1.20', x: '${{ y }}', z: }\n"
    )
    assert (found.name, found.uses, found.version) == ("Go", "actions/setup-go", "v5")
    assert {name: fact.value for name, fact in found.inputs.items()} == {
        "cache": "false",
        "go-version": "1.20",
        "x": None,
        "z": "",
    }
    assert found.written["x"] == "${{ y }}"
    assert found.inputs["cache"].at.line == 6


@pytest.mark.parametrize(
    ("text", "uses", "version"),
    [
        ("- uses: actions/cache/restore@0123abc\n", "actions/cache/restore", "0123abc"),
        ("- uses: ./.github/actions/build\n", "./.github/actions/build", ""),
        ("- uses: docker://alpine:3.20\n", "docker://alpine:3.20", ""),
        ("- run: 'true'\n", "", ""),
    ],
)
def test_uses(text: str, uses: str, version: str) -> None:
    found = step(text)
    assert (found.uses, found.version) == (uses, version)


@pytest.mark.parametrize(
    ("steps", "around", "workflow"),
    [
        pytest.param("- {run: go build, shell: pwsh}\n", "", "", id="step in PowerShell"),
        pytest.param("- run: go build\n", "runs-on: windows-latest\n", "", id="Windows"),
        pytest.param("- run: go build\n", "runs-on: [self-hosted, Windows]\n", "", id="own Windows"),
        pytest.param("- run: go build\n", "defaults: {run: {shell: python}}\n", "", id="job in Python"),
        pytest.param("- run: go build\n", "", "defaults: {run: {shell: cmd}}\n", id="workflow in cmd"),
    ],
)
def test_other_shells_are_not_read(steps: str, around: str, workflow: str) -> None:
    assert job(steps, around, workflow).commands == ()


@pytest.mark.parametrize(
    ("steps", "around"),
    [
        pytest.param("- run: go build\n", "", id="by default"),
        pytest.param("- {run: go build, shell: 'bash -e {0}'}\n", "", id="own options"),
        pytest.param("- {run: go build, shell: bash}\n", "runs-on: windows-latest\n", id="bash on Windows"),
    ],
)
def test_bash_is_read(steps: str, around: str) -> None:
    assert [command.words for command in job(steps, around).commands] == [("go", "build")]


def test_working_directory() -> None:
    steps = "- {run: a, working-directory: step}\n- run: b\n"
    found = job(steps, "defaults: {run: {working-directory: job}}\n")
    assert [each.directory.value if each.directory else None for each in found.steps] == ["step", "job"]


SETUP = "- uses: actions/setup-go@v5\n  with: "


@pytest.mark.parametrize(
    ("steps", "around", "versions"),
    [
        pytest.param("- uses: other/setup-go@v1\n  with: {go-version: 1.23}\n", "", [], id="another action"),
        pytest.param(
            SETUP + "{go-version-file: .go-version}\n", "", [None], id="from a file that is not read"
        ),
        pytest.param(SETUP + "{go-version: '${{ inputs.go }}'}\n", "", [None], id="an input"),
        pytest.param(
            SETUP + "{go-version: '${{ matrix.go }}'}\n",
            "strategy: {matrix: '${{ fromJSON(x) }}'}\n",
            [None],
            id="a matrix that is not known",
        ),
        pytest.param(SETUP + "{go-version: '1.20'}\n", "", ["1.20"], id="text"),
        pytest.param(SETUP + "{go-version: 1.20}\n", "", ["1.2"], id="the number that 1.20 is"),
        pytest.param(
            SETUP + "{go-version: '${{ matrix.go }}'}\n",
            "strategy: {matrix: {go: ['1.22', 1.23], include: [{go: stable}, {os: linux}]}}\n",
            ["1.22", "1.23", "stable"],
            id="matrix",
        ),
        pytest.param(
            SETUP + "{go-version: '${{ env.GO }}'}\n",
            "env: {GO: '1.23'}\n",
            ["1.23"],
            id="variable of the job",
        ),
    ],
)
def test_go_versions(steps: str, around: str, versions: list[str | None]) -> None:
    assert [fact.value for fact in job(steps, around).go_versions] == versions


def test_cache() -> None:
    steps = """\
- uses: actions/cache@v4
  with:
    path: |
      ~/go/pkg/mod
      ~/.cache/go-build
    key: go-${{ runner.os }}-${{ hashFiles('**/go.sum') }}
    restore-keys: go-
- uses: actions/cache/save@v4
  with: {path: out}
- uses: actions/upload-artifact@v4
  with: {path: out}
"""
    cache, save = job(steps).caches
    assert cache.key == "go-${{ runner.os }}-${{ hashFiles('**/go.sum') }}"
    assert cache.key_at
    assert (cache.at.line, cache.key_at.line) == (4, 9)
    assert (cache.key_files, cache.fallback_keys) == (("**/go.sum",), ("go-",))
    assert cache.paths == ("~/go/pkg/mod", "~/.cache/go-build")
    assert (save.key, save.key_at, save.paths) == ("", None, ("out",))
