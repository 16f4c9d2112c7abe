"""References to images, taken apart."""

from __future__ import annotations

import pytest

from analyzers.parsers.image_name import ImageName, parse_image_name, split_from

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "a:${B}",
        "a b",
        "a:",
        "a@sha256:1",
        "ghcr.io/A/b",
        "a//b",
        "http://a/b",
        "-a",
        "{{ x }}",
        "a" * 2000,
    ],
)
def test_is_no_reference(text: str) -> None:
    assert parse_image_name(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("golang", ImageName("", "golang")),
        ("golang:1.23", ImageName("", "golang", "1.23")),
        ("docker.io/library/golang:1", ImageName("", "golang", "1")),
        ("index.docker.io/a/b", ImageName("", "a/b")),
        ("library/a", ImageName("", "a")),
        ("a/b/c:x", ImageName("", "a/b/c", "x")),
        ("localhost/x", ImageName("localhost", "x")),
        ("localhost:5000/x", ImageName("localhost:5000", "x")),
        ("localhost:5000/x:1", ImageName("localhost:5000", "x", "1")),
        ("gcr.io/distroless/static:nonroot", ImageName("gcr.io", "distroless/static", "nonroot")),
        (f"x@{DIGEST}", ImageName("", "x", "", DIGEST)),
        (f"r:5000/x:tag@{DIGEST}", ImageName("r:5000", "x", "tag", DIGEST)),
    ],
)
def test_has_parts(text: str, name: ImageName) -> None:
    assert parse_image_name(text) == name


def test_the_familiar_name_has_the_registry() -> None:
    names = [parse_image_name(text) for text in ("docker.io/library/a:1", "ghcr.io/a/b:1")]

    assert [name.familiar for name in names if name] == ["a", "ghcr.io/a/b"]


@pytest.mark.parametrize(
    ("value", "parts"),
    [("", ("", "")), ("a:1", ("a:1", "")), ("a AS b", ("a", "b")), ("a  as  b", ("a", "b"))],
)
def test_from_names_an_image_and_a_stage(value: str, parts: tuple[str, str]) -> None:
    assert split_from(value) == parts
