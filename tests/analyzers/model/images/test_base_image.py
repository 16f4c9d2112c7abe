from __future__ import annotations

import pytest

from analyzers.model.images.base_image import lacks_shell, lacks_tool
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
