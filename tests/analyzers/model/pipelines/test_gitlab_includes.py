from __future__ import annotations

import pytest

from analyzers.model.pipelines.gitlab_includes import gather
from tests.analyzers.documents import documents

PARTS = {"ci/a.yml": "a: {}\n", "ci/b.yml": "b: {}\n", "ci/deep/c.yml": "c: {}\n", "ci/note.txt": "d: {}\n"}


def paths(entry: str, **others: str) -> tuple[list[str], bool]:
    texts = {".gitlab-ci.yml": entry, **PARTS, **others}
    layers, is_complete = gather(".gitlab-ci.yml", {path: documents(text) for path, text in texts.items()})
    return [part.path for part in layers.parts], is_complete


@pytest.mark.parametrize(
    "include",
    [
        pytest.param("include: https://example.com/ci.yml\n", id="URL"),
        pytest.param("include: [{project: a/b, file: /ci.yml}]\n", id="other project"),
        pytest.param("include: {template: Go.gitlab-ci.yml}\n", id="template"),
        pytest.param("include: [{component: example.com/a/b@1}]\n", id="component"),
        pytest.param("include: missing.yml\n", id="missing file"),
        pytest.param("include: {local: '/ci/$NAME.yml'}\n", id="variable"),
        pytest.param("include: 'none/*.yml'\n", id="pattern of nothing"),
    ],
)
def test_what_is_elsewhere_makes_it_incomplete(include: str) -> None:
    assert paths(include) == ([".gitlab-ci.yml"], False)


@pytest.mark.parametrize(
    ("include", "found"),
    [
        pytest.param("a: b\n", [], id="none"),
        pytest.param("include: ci/a.yml\n", ["ci/a.yml"], id="text"),
        pytest.param("include: {local: /ci/a.yml}\n", ["ci/a.yml"], id="local"),
        pytest.param(
            "include: [ci/a.yml, {local: ci/b.yml}]\n", ["ci/b.yml", "ci/a.yml"], id="the last one wins"
        ),
        pytest.param("include: 'ci/*.yml'\n", ["ci/b.yml", "ci/a.yml"], id="pattern"),
        pytest.param(
            "include: 'ci/**.yml'\n", ["ci/deep/c.yml", "ci/b.yml", "ci/a.yml"], id="pattern across folders"
        ),
        pytest.param("include: [ci/a.yml, ci/a.yml]\n", ["ci/a.yml"], id="twice the same"),
    ],
)
def test_local_files(include: str, found: list[str]) -> None:
    assert paths(include) == ([".gitlab-ci.yml", *found], True)


def test_includes_of_includes_come_right_below_them() -> None:
    others = {"one.yml": "include: ci/a.yml\n", "two.yml": "include: [one.yml, ci/b.yml]\n"}
    assert paths("include: [one.yml, two.yml]\n", **others) == (
        [".gitlab-ci.yml", "two.yml", "ci/b.yml", "one.yml", "ci/a.yml"],
        True,
    )


def test_a_circle_ends() -> None:
    assert paths("include: one.yml\n", **{"one.yml": "include: .gitlab-ci.yml\n"}) == (
        [".gitlab-ci.yml", "one.yml"],
        True,
    )


RULES = "rules: [{if: $CI_COMMIT_TAG}]"


@pytest.mark.parametrize(
    ("entry", "others", "is_complete"),
    [
        pytest.param(
            f"include: [{{local: x.yml, {RULES}}}]\njob: {{}}\n", {"x.yml": "job: {}"}, False, id="a job"
        ),
        pytest.param(
            f"include: [{{local: x.yml, {RULES}}}, {{local: y.yml, {RULES}}}]\n",
            {"x.yml": ".tag: a", "y.yml": ".tag: b"},
            False,
            id="one or the other",
        ),
        pytest.param(
            f"include: [{{local: x.yml, {RULES}}}]\njob: {{}}\n",
            {"x.yml": "include: y.yml", "y.yml": "job: {}"},
            False,
            id="behind another",
        ),
        pytest.param(
            f"include: [{{local: x.yml, {RULES}}}]\njob: {{}}\n", {"x.yml": "own: {}"}, True, id="own jobs"
        ),
        pytest.param("include: [x.yml]\njob: {}\n", {"x.yml": "job: {}"}, True, id="always"),
    ],
)
def test_what_rules_may_leave_out(entry: str, others: dict[str, str], is_complete: bool) -> None:
    assert paths(entry, **others)[1] is is_complete


def test_a_header_of_inputs_is_passed_over() -> None:
    layers, _ = gather("ci.yml", {"ci.yml": documents("spec: {inputs: {}}\n---\njob: {}\n")})
    assert layers.names() == ("job",)
