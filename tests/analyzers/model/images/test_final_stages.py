"""Which stages of a Dockerfile ship, and what they are made of."""

from __future__ import annotations

import pytest

from analyzers.model.image import Image, Stage
from tests.analyzers.model.repositories import repository

DOCKERFILE = (
    "FROM golang AS build\nRUN go build -o /app .\n"
    'FROM scratch AS app\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n'
    "FROM build AS worker\nCMD work\n"
    "FROM build AS lint\nRUN golangci-lint run\n"
)
AS_LAST = DOCKERFILE + "FROM app\nUSER 1\n"


def workflow(*targets: str) -> str:
    steps = "".join(f"      - run: docker build {target} .\n" for target in targets)
    return f"on: push\njobs:\n  a:\n    steps:\n{steps}"


def images(dockerfile: str, **files: str) -> tuple[Image, ...]:
    known = {"ci": ".github/workflows/ci.yml", "compose": "compose.yaml", "make": "Makefile"}
    return repository(
        {"Dockerfile": dockerfile, **{known[name]: text for name, text in files.items()}}
    ).images


def compose(target: str) -> str:
    return f"services:\n  a:\n    build: {{context: ., target: {target}}}\n"


@pytest.mark.parametrize(
    ("dockerfile", "files", "targets"),
    [
        pytest.param(DOCKERFILE, {}, ["lint"], id="the last, where nobody builds it"),
        pytest.param(DOCKERFILE, {"ci": workflow("")}, ["lint"], id="the last, where no target is named"),
        pytest.param(
            AS_LAST, {"ci": workflow("--target lint")}, [""], id="the last, where only a test is built"
        ),
        pytest.param(AS_LAST, {"ci": workflow("--target $TARGET")}, [""], id="the last, for any target"),
        pytest.param(AS_LAST, {"ci": workflow("--target none")}, [""], id="the last, for a target not there"),
        pytest.param(
            AS_LAST,
            {"ci": workflow("--target build -t a:cache", "")},
            [""],
            id="no part of the last one",
        ),
        pytest.param(DOCKERFILE, {"ci": workflow("--target app")}, ["app"], id="the one that CI names"),
        pytest.param(
            DOCKERFILE,
            {"ci": workflow("--target app", "--target=worker")},
            ["app", "worker"],
            id="each that CI names",
        ),
        pytest.param(DOCKERFILE, {"ci": workflow("--target APP")}, ["app"], id="whatever its case"),
        pytest.param(DOCKERFILE, {"ci": workflow("--target 1")}, ["app"], id="by its number"),
        pytest.param(AS_LAST, {"ci": workflow("--target app")}, ["app"], id="a part that starts by itself"),
        pytest.param(DOCKERFILE, {"compose": compose("app")}, ["app"], id="the one that compose names"),
        pytest.param(
            DOCKERFILE,
            {"compose": compose("worker"), "ci": workflow("--target app")},
            ["app"],
            id="CI's rather than compose's",
        ),
        pytest.param(
            DOCKERFILE,
            {"make": "a:\n\tdocker build --target app .\n"},
            ["app"],
            id="a Makefile's, for a lint",
        ),
        pytest.param(
            DOCKERFILE + "FROM app AS server\n",
            {"make": "a:\n\tdocker build --target worker .\n"},
            ["worker", "server"],
            id="a Makefile's beside the last",
        ),
    ],
)
def test_images_end_at(dockerfile: str, files: dict[str, str], targets: list[str]) -> None:
    found = images(dockerfile, **files)

    assert [image.final.name for image in found] == targets
    assert [stage.name for stage in found[0].stages if stage.is_final] == targets


def test_every_stage_is_judged_once() -> None:
    found = repository(
        {"Dockerfile": DOCKERFILE, ".github/workflows/ci.yml": workflow("--target app", "--target worker")}
    )
    stages = [stage for stage in found.subjects(Stage) if isinstance(stage, Stage)]

    assert [(stage.name, stage.is_final) for stage in stages] == [
        ("build", False),
        ("app", True),
        ("worker", True),
        ("lint", False),
    ]
    assert [(image.target, image.final.name) for image in found.images] == [
        ("app", "app"),
        ("worker", "worker"),
    ]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        pytest.param("FROM a\nFROM b\n", [1], id="one"),
        pytest.param("FROM a AS x\nFROM b AS y\nFROM x AS z\nFROM z\n", [0, 2, 3], id="those it starts from"),
        pytest.param("FROM a AS x\nFROM b AS y\nFROM c\nCOPY --from=X /a /b\n", [0, 2], id="copied from"),
        pytest.param("FROM a\nFROM b\nFROM c\nCOPY --from=0 /a /b\n", [0, 2], id="copied from by number"),
        pytest.param(
            "FROM a AS x\nFROM b AS y\nFROM c\nRUN --mount=from=y,target=/y true\n", [1, 2], id="mounted"
        ),
        pytest.param("FROM a AS x\nFROM b AS y\nFROM $BASE\n", [0, 1, 2], id="any, of an unknown base"),
        pytest.param("FROM a AS x\nFROM nginx\nCOPY --from=nginx /a /b\n", [1], id="copied from an image"),
        pytest.param(
            "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /a /b\n", [1, 2], id="the later of one name"
        ),
    ],
)
def test_is_made_of(text: str, used: list[int]) -> None:
    (image,) = images(text)

    assert [stage.index for stage in image.used_stages] == used


@pytest.mark.parametrize(
    ("args", "base"),
    [
        pytest.param(["--build-arg V=$X"], None, id="one that is not known"),
        pytest.param(["--build-arg V", ""], None, id="one of the environment"),
        pytest.param(["--build-arg V=2", "--build-arg V=3"], None, id="two that differ"),
        pytest.param(["--build-arg V=2", ""], None, id="one or the default"),
        pytest.param([""], "golang:1", id="none"),
        pytest.param(["--build-arg W=2"], "golang:1", id="another"),
        pytest.param(["--build-arg V=2", "--build-arg V=2"], "golang:2", id="the same"),
        pytest.param(["--build-arg V=2", "--target lint"], "golang:2", id="one that a test is not given"),
    ],
)
def test_arguments_of_builds(args: list[str], base: str | None) -> None:
    (image,) = images("ARG V=1\nFROM golang:$V\n", ci=workflow(*args))

    assert image.final.base is not None
    assert (image.final.base.value.text if image.final.base.value else None) == base


def test_arguments_of_builds_inside_a_stage() -> None:
    (image,) = images(
        "FROM a\nARG V=1\nARG W\nENV X=$V Y=$W\n", ci=workflow("--build-arg V=2 --build-arg W=3")
    )

    assert {name: fact.value for name, fact in image.final.env.items()} == {"X": "2", "Y": "3"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ARG V=1\nFROM golang:$V\n", id="by its argument"),
        pytest.param("ARG V=1\nARG W=${V}\nFROM golang:$W\n", id="by way of another"),
    ],
)
def test_a_base_that_a_makefile_chooses_is_not_known(text: str) -> None:
    (image,) = images(text, make="a:\n\tdocker build --build-arg V=2 .\n")

    assert image.final.base is not None
    assert image.final.base.value is None
