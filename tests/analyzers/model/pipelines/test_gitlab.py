from __future__ import annotations

import pytest

from analyzers.model.pipeline import Job
from analyzers.model.pipelines.entries import is_gitlab_entry
from analyzers.model.pipelines.gitlab import read_gitlab
from analyzers.parsers.problem import Unreadable
from tests.analyzers.documents import documents

PATH = ".gitlab-ci.yml"


def jobs(text: str, **others: str) -> dict[str, Job]:
    texts = {PATH: text, **others}
    found = read_gitlab(PATH, {path: documents(each) for path, each in texts.items()})
    return {job.name: job for job in found.jobs}


def job(text: str, **others: str) -> Job:
    (found,) = jobs(text, **others).values()
    return found


def words(found: Job) -> list[str]:
    return [" ".join(command.words) for command in found.commands]


def image(found: Job) -> str | None:
    return found.image.value.text if found.image and found.image.value else None


@pytest.mark.parametrize(
    ("path", "expected"), [("ci/.gitlab-ci.yml", False), (".gitlab/ci.yml", False), (PATH, True)]
)
def test_is_gitlab_entry(path: str, expected: bool) -> None:
    assert is_gitlab_entry(path) is expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("text\n", id="text"),
        pytest.param(
            "stages: [a]\nvariables: {A: b}\ndefault: {image: a}\nimage: {name: a}\n", id="keywords"
        ),
        pytest.param(".hidden: {script: a}\n", id="hidden job"),
        pytest.param("job:\n", id="null"),
    ],
)
def test_no_jobs(text: str) -> None:
    assert jobs(text) == {}


def test_more_jobs_than_anyone_writes_are_unreadable() -> None:
    with pytest.raises(Unreadable, match="more than 5,000 jobs"):
        jobs("".join(f"j{n}: {{script: a}}\n" for n in range(5_001)))


def test_a_script_that_many_jobs_extend_is_read_once() -> None:
    found = jobs(".base: {script: [go build]}\na: {extends: .base}\nb: {extends: .base}\n")
    assert found["a"].steps[0].commands is found["b"].steps[0].commands


def test_a_job() -> None:
    text = """\
        build:
          image: {name: "golang:1.23", entrypoint: [""]}
          services: ["postgres:16", {name: "redis:7", alias: cache}]
          tags: [linux]
          before_script:
            - cd app
          script:
            - go build
            - |
              go test
              go vet
          after_script: echo done
    """
    found = job(text)
    assert (found.name, str(found.at), found.system, found.runs_on) == (
        "build",
        f"{PATH}:1",
        "gitlab",
        ("linux",),
    )
    assert image(found) == "golang:1.23"
    assert [service.value.text for service in found.services if service.value] == ["postgres:16", "redis:7"]
    assert [(step.name, step.at.line) for step in found.steps] == [
        ("before_script", 5),
        ("script", 7),
        ("after_script", 12),
    ]
    assert words(found) == ["cd app", "go build", "go test", "go vet", "echo done"]
    assert [command.at.line for command in found.commands] == [6, 8, 10, 11, 12]
    assert found.is_complete


DEFAULTS = """\
image: old
default:
  image: golang:1.23
  before_script: [go version]
  cache: {key: shared, paths: [.go]}
"""


@pytest.mark.parametrize(
    ("text", "expected_image", "expected_words", "caches"),
    [
        pytest.param(
            "job: {script: make}\n", "golang:1.23", ["go version", "make"], ["shared"], id="inherited"
        ),
        pytest.param(
            "job: {script: make, image: alpine, before_script: [], cache: []}\n",
            "alpine",
            ["make"],
            [],
            id="overridden",
        ),
        pytest.param("job: {script: make, inherit: {default: false}}\n", None, ["make"], [], id="refused"),
        pytest.param(
            "job: {script: make, inherit: {default: [image]}}\n", "golang:1.23", ["make"], [], id="chosen"
        ),
        pytest.param(
            "job: {script: make, cache: {}}\n", "golang:1.23", ["go version", "make"], [], id="no cache"
        ),
    ],
)
def test_defaults(
    text: str, expected_image: str | None, expected_words: list[str], caches: list[str]
) -> None:
    found = job(DEFAULTS + text)
    assert (image(found), words(found), [cache.key for cache in found.caches]) == (
        expected_image,
        expected_words,
        caches,
    )


def test_global_keywords_stand_in_for_defaults() -> None:
    assert image(job("image: golang:1.23\njob: {script: a}\n")) == "golang:1.23"


def test_extends() -> None:
    text = """\
        .base: {image: base, script: [a], variables: {A: base, B: base}}
        .other: {image: other, after_script: [z]}
        .middle: {extends: .base, variables: {B: middle}}
        job:
          extends: [.middle, .other]
          variables: {C: own}
    """
    found = job(text)
    assert image(found) == "other"
    assert words(found) == ["a", "z"]
    assert {name: fact.value for name, fact in found.env.items()} == {"A": "base", "B": "middle", "C": "own"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("job: {extends: .missing, script: a}\n", id="a job that is not there"),
        pytest.param(
            "\n".join(
                [*(f".j{n}: {{extends: .j{n + 1}, image: a}}" for n in range(15)), "job: {extends: .j0}"]
            ),
            id="too deep",
        ),
    ],
)
def test_what_cannot_be_extended_is_incomplete(text: str) -> None:
    assert not job(text).is_complete


def test_a_circle_of_extends_ends() -> None:
    assert words(job("job: {extends: .a, script: x}\n.a: {extends: .b}\n.b: {extends: .a}\n")) == ["x"]


def test_references_and_anchors_in_scripts() -> None:
    text = """\
        .setup:
          script: &setup
            - apk add git
            - !reference [.deeper, script]
        .deeper: {script: go version}
        job:
          script:
            - !reference [.setup, script]
            - go build
            - *setup
            - !reference [.missing, script]
    """
    found = job(text)
    assert words(found) == ["apk add git", "go version", "go build", "apk add git", "go version"]
    assert [command.at.line for command in found.commands] == [3, 5, 9, 3, 5]


def test_a_reference_in_the_place_of_a_value() -> None:
    text = """\
        .a: {image: "golang:1.23", variables: {A: b}}
        job:
          image: !reference [.a, image]
          variables: !reference [.a, variables]
    """
    found = job(text)
    assert image(found) == "golang:1.23"
    assert found.env["A"].value == "b"


def test_references_inside_lists() -> None:
    text = """\
        .tag: linux
        .lines: [make a, [make b]]
        .rules: {rules: [{if: $A, variables: {V: a}}]}
        .cache: &cache
          - {key: go, paths: [x]}
        job:
          tags: [!reference [.tag], $SIZE]
          variables: {SIZE: large, V: b}
          rules: [!reference [.rules, rules]]
          cache: [*cache, {key: npm, paths: [y]}]
          script: [!reference [.lines]]
    """
    found = job(text)
    assert found.runs_on == ("linux", "large")
    assert found.env["V"].value is None
    assert [cache.key for cache in found.caches] == ["go", "npm"]
    assert words(found) == ["make a", "make b"]


@pytest.mark.parametrize("reference", ["!reference []", "!reference [.gone]", "!reference [.gone, tags]"])
def test_references_to_nothing(reference: str) -> None:
    found = job(f"job: {{tags: [{reference}], script: [{reference}]}}")
    assert (found.runs_on, words(found)) == ((), [])


def test_a_job_that_starts_another_pipeline_runs_in_no_image() -> None:
    text = """\
        default: {image: golang, services: [redis], before_script: [a], cache: {paths: [x]}}
        start: {trigger: {project: shop/deploy}}
    """
    found = job(text)
    assert (found.image, found.services, found.steps, found.caches) == (None, (), (), ())


def test_references_in_a_circle_end() -> None:
    text = """\
        a: {script: [!reference [b, script]]}
        b: {script: [!reference [a, script]], image: !reference [b, image]}
    """
    assert [words(found) for found in jobs(text).values()] == [[], []]


def test_variables_reach_the_image() -> None:
    text = """\
        variables: {GO: "1.22", R: example.com}
        job: {image: "$R/golang:${GO}", variables: {GO: "1.23"}}
        other: {image: $NONE}
    """
    found = jobs(text)
    assert image(found["job"]) == "example.com/golang:1.23"
    assert image(found["other"]) is None


@pytest.mark.parametrize(
    ("cache", "expected"),
    [
        pytest.param(
            "{key: $CI_JOB_NAME, paths: [a, b]}", ("$CI_JOB_NAME", (), ("a", "b"), (), ""), id="text"
        ),
        pytest.param(
            "{key: {files: [go.sum], prefix: go}, paths: [a]}",
            ("", ("go.sum",), ("a",), (), "go"),
            id="files",
        ),
        pytest.param(
            "[{key: k, paths: [a], fallback_keys: [main]}]", ("k", (), ("a",), ("main",), ""), id="list"
        ),
    ],
)
def test_caches(cache: str, expected: tuple[object, ...]) -> None:
    (found,) = job(f"job:\n  cache: {cache}\n").caches
    assert (found.key, found.key_files, found.paths, found.fallback_keys, found.key_prefix) == expected
    assert found.key_at
    assert found.key_at.line == 2
    assert len(found.paths_at) == len(found.paths)


def test_included_jobs_stand_in_their_own_file() -> None:
    others = {"ci/go.yml": "job:\n  image: golang:1.22\n  script: go build\n.base: {script: b}\n"}
    found = job("include: ci/go.yml\njob: {image: 'golang:1.23'}\n", **others)
    assert image(found) == "golang:1.23"
    assert [str(command.at) for command in found.commands] == ["ci/go.yml:3"]
    assert found.path == PATH


def test_a_remote_include_makes_every_job_incomplete() -> None:
    found = read_gitlab(PATH, {PATH: documents("include: https://example.com/a.yml\njob: {script: a}\n")})
    assert not found.is_complete
    assert not found.jobs[0].is_complete
