from __future__ import annotations

import pytest

from analyzers.model.images.base_image import lacks_shell
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
