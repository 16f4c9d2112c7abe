"""What an image starts from."""

from __future__ import annotations

import pytest

from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from tests.analyzers.model.images.dockerfiles import final, image


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("RUN x\n", "no FROM", id="no stage"),
        pytest.param("FROM\n", "names no image", id="a FROM without image"),
        pytest.param("FROM a\n" + "RUN x\n" * 2_000, "instructions", id="too many instructions"),
        pytest.param("FROM a\n" * 201, "stages", id="too many stages"),
        pytest.param(
            "FROM a\nENV " + " ".join(f"A{n}=1" for n in range(1_001)), "variables", id="too many variables"
        ),
    ],
)
def test_refuses(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        image(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FROM $BASE\n", id="a variable nobody sets"),
        pytest.param("ARG V\nFROM golang:$V\n", id="an argument without default"),
        pytest.param("FROM a\nARG V=1\nFROM golang:$V\n", id="an argument of a stage"),
        pytest.param("FROM --platform=$BUILDPLATFORM a:$TARGETARCH\n", id="the platform"),
        pytest.param("ARG TARGETARCH=amd64\nFROM a:$TARGETARCH\n", id="the platform with a default"),
        pytest.param("FROM {{ image }}\n", id="a template"),
    ],
)
def test_a_base_is_unknown(text: str) -> None:
    base = final(text).base

    assert base is not None
    assert base.value is None


@pytest.mark.parametrize(
    ("text", "base"),
    [
        pytest.param("FROM golang:1.23\n", "golang:1.23", id="as written"),
        pytest.param("ARG V=1.23\nFROM golang:$V-alpine\n", "golang:1.23-alpine", id="an argument"),
        pytest.param(
            "ARG V=1\nARG W=${V}.2\nFROM golang:${W}\n", "golang:1.2", id="an argument of an argument"
        ),
        pytest.param("ARG V\nFROM golang:${V:-1.2}\n", "golang:1.2", id="a default on the spot"),
        pytest.param("ARG V=1.22.3\nFROM golang:${V%.*}\n", "golang:1.22", id="the stem of an argument"),
        pytest.param(
            'ARG V="1.2"\nFROM --platform=linux/amd64 "golang:$V" AS b\n', "golang:1.2", id="quotes"
        ),
    ],
)
def test_a_base_is_resolved(text: str, base: str) -> None:
    found = final(text).base

    assert found is not None
    assert found.value is not None
    assert found.value.text == base


def test_a_base_has_its_place_inside_the_line() -> None:
    stage = final("FROM --platform=x \\\n  golang:1 AS b\n")

    assert stage.base_at.span == Span(2, 3, 2, 11)
    assert (stage.at.path, stage.at.span) == ("app/Dockerfile", Span(1, 1, 2, 16))


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("FROM a\n", None),
        ("FROM --platform=$BUILDPLATFORM golang AS b\n", "$BUILDPLATFORM"),
        ("FROM --platform=linux/amd64 golang\n", "linux/amd64"),
    ],
)
def test_the_platform_is_kept(text: str, platform: str | None) -> None:
    found = final(text).platform

    assert (found.value if found else None) == platform
