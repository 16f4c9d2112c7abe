from __future__ import annotations

import pytest

from analyzers.model.images.outside_images import outside_images
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("COPY . .", []),
        ("COPY --from=build /orders /", []),
        ("COPY --from=0 /orders /", []),
        ("COPY --from=settings /orders.yaml /", []),
        ("COPY --from=$TOOLS /bin/tool /", []),
        ("RUN --mount=type=cache,target=/go true", []),
        ("COPY --from=busybox /bin/busybox /", [("COPY", "busybox")]),
        ("COPY --from=acme/tools:1.4 /bin/tool /", [("COPY", "acme/tools:1.4")]),
        ("RUN --mount=from=golang:1.24,target=/go true", [("RUN", "golang:1.24")]),
    ],
)
def test_images_of_others(line: str, found: list[tuple[str, str]]) -> None:
    (image,) = repository({"Dockerfile": f"FROM golang:1.24 AS build\nFROM alpine:3.22\n{line}\n"}).images
    outside = list(outside_images(image, image.final))
    assert [(each.keyword, each.reference.text) for each in outside] == [("FROM", "alpine:3.22"), *found]
