from __future__ import annotations

import pytest

from analyzers.model.images.reference import read_reference
from analyzers.model.modules.go_release import is_too_old, raise_image, release_asked, release_of


@pytest.mark.parametrize(
    ("image", "release"),
    [
        ("golang", None),
        ("golang:latest", None),
        ("golang:alpine", None),
        ("golang:1", None),
        ("golang:1-alpine", None),
        ("golang:tip-bookworm", None),
        ("alpine:1.23", None),
        ("acme/golang:1.3", None),
        ("ghcr.io/acme/golang-tools:1.3", None),
        ("golang:1.23", "1.23"),
        ("golang:1.23-alpine", "1.23"),
        ("docker.io/library/golang:1.23.4-bookworm", "1.23.4"),
        ("golang:1.24rc1-alpine3.21", "1.24rc1"),
        ("registry.acme.internal:5000/mirror/golang:1.22.1", "1.22.1"),
    ],
)
def test_the_go_in_an_image(image: str, release: str | None) -> None:
    reference = read_reference(image)
    assert reference
    assert release_of(reference) == release


@pytest.mark.parametrize(
    ("version", "release"),
    [
        *(("stable", None), (">=1.22", None), ("^1.22", None), ("1.x", None), ("", None)),
        *(("1.22", "1.22"), (" 1.22.x ", "1.22"), ("1.22.3", "1.22.3"), ("1.23rc2", "1.23rc2")),
    ],
)
def test_the_go_that_setup_go_is_asked_for(version: str, release: str | None) -> None:
    assert release_asked(version) == release


@pytest.mark.parametrize(
    ("release", "directive"),
    [
        ("1.23", "1.23"),
        ("1.23", "1.23.9"),
        ("1.23.0", "1.23"),
        ("1.23rc1", "1.23"),
        ("1.24", "1.23.4"),
        ("1.23", "nonsense"),
    ],
)
def test_new_enough(release: str, directive: str) -> None:
    assert not is_too_old(release, directive)


@pytest.mark.parametrize(
    ("release", "directive"),
    [("1.22", "1.23"), ("1.23.3", "1.23.4"), ("1.23rc1", "1.23.0"), ("1.9", "1.10"), ("1.22.9", "1.23")],
)
def test_too_old(release: str, directive: str) -> None:
    assert is_too_old(release, directive)


@pytest.mark.parametrize(
    ("image", "directive", "wanted"),
    [
        ("golang:1.22-bullseye", "1.23", None),
        ("golang:1.22-alpine3.19", "1.23", None),
        (f"golang:1.22@sha256:{'0' * 64}", "1.23", None),
        ("golang:1.22", "1.23.4", "golang:1.23"),
        ("golang:1.22.1-alpine", "1.23.4", "golang:1.23.4-alpine"),
        ("golang:1.22.1", "1.23", "golang:1.23"),
        ("docker.io/library/golang:1.22", "1.23", "docker.io/library/golang:1.23"),
    ],
)
def test_the_image_that_would_do(image: str, directive: str, wanted: str | None) -> None:
    reference = read_reference(image)
    assert reference
    assert raise_image(reference, directive) == wanted
