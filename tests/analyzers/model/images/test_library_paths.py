from __future__ import annotations

import pytest

from analyzers.model.images.library_paths import CERTIFICATES, is_bare, lacks_glibc, may_have
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("FROM scratch\nCOPY orders /orders\n", False),
        ("FROM scratch\nCOPY certs /certs\n", False),
        ("FROM scratch\nCOPY roots.pem /roots.pem\n", True),
        ("FROM scratch\nCOPY --from=build /etc/ssl/certs /etc/ssl/certs\n", True),
        ("FROM scratch AS base\nCOPY --from=build /etc/ssl /etc/ssl\nFROM base\nCOPY orders /\n", True),
        ("FROM scratch\nCOPY <<EOF /bundle\na\nEOF\n", True),
    ],
)
def test_what_an_image_may_have(text: str, may: bool) -> None:
    (image,) = repository({"Dockerfile": text}).images
    assert may_have(image.final, CERTIFICATES, ".pem") is may


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("FROM scratch\nCOPY orders /orders\n", True),
        ('FROM scratch\nCOPY rootfs /\nRUN ["/setup"]\n', False),
        ("FROM alpine:3.22\n", False),
    ],
)
def test_a_bare_image(text: str, is_one: bool) -> None:
    assert is_bare(repository({"Dockerfile": text}).images[0].final) is is_one


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("FROM alpine:3.22\nRUN apk add --no-cache tzdata\n", True),
        ("FROM scratch\nCOPY --from=build /orders /orders\n", True),
        ("FROM gcr.io/distroless/static-debian12\n", True),
        ("FROM gcr.io/distroless/base-debian12\n", False),
        ("FROM debian:13-slim\n", False),
        ("FROM $BASE\n", False),
        ("FROM alpine:3.22\nRUN apk add --no-cache gcompat\n", False),
        (
            "FROM alpine:3.22\nRUN wget https://example.org/glibc-2.35-r1.apk && apk add glibc-2.35-r1.apk\n",
            False,
        ),
        ("FROM scratch\nCOPY --from=build /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/\n", False),
        ("FROM frolvlad/alpine-glibc\n", False),
    ],
)
def test_an_image_without_glibc(text: str, lacks: bool) -> None:
    assert lacks_glibc(repository({"Dockerfile": text}).images[0].final) is lacks
