from __future__ import annotations

import pytest

from analyzers.model.image import ImageRef
from analyzers.model.images.base_image import (
    is_glibc_golang,
    is_sdk,
    lacks_shell,
    lacks_tool,
    may_bring,
    user_under,
)
from analyzers.model.images.reference import read_reference
from tests.analyzers.model.repositories import repository


def lacks(text: str) -> bool:
    return lacks_shell(repository({"Dockerfile": text}).images[0].final)


@pytest.mark.parametrize(
    "text",
    [
        "FROM alpine:3.22\n",
        "FROM ${BASE}\n",
        "FROM gcr.io/distroless/base:debug-nonroot\n",
        "FROM cgr.dev/chainguard/static:latest-dev\n",
        "FROM scratch\nCOPY --from=busybox:1.37 /bin/busybox /bin/sh\n",
        "FROM scratch\nCOPY --from=alpine:3.22 / /\n",
        "FROM scratch AS a\nCOPY --from=busybox:1.37 /bin /bin\nFROM a\n",
        "FROM scratch\nADD alpine-minirootfs.tar.gz /\n",
        "FROM scratch\nADD $ROOTFS /\n",
        "FROM scratch\nCOPY --from=build /rootfs /\n",
        "FROM scratch\nCOPY --from=build /install/ /\n",
    ],
)
def test_there_is_or_may_be_a_shell(text: str) -> None:
    assert not lacks(text)


@pytest.mark.parametrize(
    "text",
    [
        "FROM scratch\nCOPY orders /\n",
        "FROM gcr.io/distroless/static-debian12:nonroot\n",
        "FROM registry.acme.internal/distroless/base\n",
        "FROM cgr.dev/chainguard/static\n",
        "FROM scratch AS a\nFROM a\nCOPY orders /bin/orders\n",
        "FROM scratch\nCOPY --from=build /sbin/tool /bin/\n",
    ],
)
def test_there_is_no_shell(text: str) -> None:
    assert lacks(text)


@pytest.mark.parametrize(
    ("copies", "lacks_it"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("COPY orders /bin/orders\n", True, id="a program of its own"),
        pytest.param("COPY --from=tools /usr/bin/curl /usr/bin/curl\n", False, id="the tool"),
        pytest.param("COPY --from=tools /usr/bin/ /usr/bin/\n", False, id="a folder of programs"),
        pytest.param("COPY $TOOLS /opt/\n", False, id="who knows what"),
    ],
)
def test_whether_there_is_a_tool(copies: str, lacks_it: bool) -> None:
    image = repository({"Dockerfile": f"FROM scratch\n{copies}"}).images[0]
    assert lacks_tool(image.final, "curl") is lacks_it


def base(text: str) -> ImageRef:
    reference = read_reference(text)
    assert reference
    return reference


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("golang", True),
        ("golang:1.24", True),
        ("golang:1.24.3-bookworm", True),
        ("golang:bookworm", True),
        ("golang:1.26rc1-trixie", True),
        ("golang:1.14-stretch", True),
        ("mirror.gcr.io/library/golang:1.24", True),
        ("m.mirror.example/docker.io/library/golang:1.24", True),
        ("registry.acme.internal/library/golang:1.24", False),
        ("golang:1.24-alpine", False),
        ("golang:alpine3.22", False),
        ("golang:1.24-windowsservercore", False),
        ("mirror.acme.internal/golang:1.24", False),
        ("debian:13", False),
    ],
)
def test_the_go_image_with_a_c_compiler(text: str, is_one: bool) -> None:
    assert is_glibc_golang(base(text)) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("golang:1.24-alpine", True),
        ("rust:1.90", True),
        ("maven:3-eclipse-temurin-21", True),
        ("mcr.microsoft.com/dotnet/sdk:9.0", True),
        ("mcr.microsoft.com/dotnet/aspnet:9.0", False),
        ("node:22", False),
        ("docker.io/acme/golang:1.24", False),
    ],
)
def test_an_image_of_build_tools(text: str, is_one: bool) -> None:
    assert is_sdk(base(text)) is is_one


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("FROM scratch\n", "root"),
        ("FROM alpine:3.22\n", "root"),
        ("FROM golang:1.24 AS a\nFROM a\n", "root"),
        ("FROM gcr.io/distroless/static-debian12\n", "root"),
        ("FROM gcr.io/distroless/static-debian12:nonroot\n", "other"),
        ("FROM gcr.io/distroless/base:debug-nonroot\n", "other"),
        (f"FROM gcr.io/distroless/static@sha256:{'0' * 64}\n", "unknown"),
        ("FROM cgr.dev/chainguard/static\n", "unknown"),
        ("FROM $BASE\n", "unknown"),
        ("FROM registry.acme.internal/base:1\n", "unknown"),
    ],
)
def test_who_a_container_runs_as(text: str, user: str) -> None:
    assert user_under(repository({"Dockerfile": text}).images[0].final) == user


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/", True),
        ("COPY --from=build /etc/ssl /etc/ssl", True),
        ("COPY --from=build /etc/ssl/certs/ca-certificates.crt /certs/", True),
        ("COPY --from=build /etc /etc", True),
        ("COPY --from=build /rootfs /", True),
        ("COPY --from=build /etc/passwd /etc/passwd", False),
        ("COPY --from=build /etc/passwd /etc/", False),
        ("COPY --from=build /go/bin/orders /", False),
        ("COPY assets /assets", False),
    ],
)
def test_what_a_copy_may_bring(line: str, may: bool) -> None:
    (copy,) = repository({"Dockerfile": f"FROM scratch\n{line}\n"}).images[0].final.copies
    assert may_bring(copy, "/etc/ssl") is may
