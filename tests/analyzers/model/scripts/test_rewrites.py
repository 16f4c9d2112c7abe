"""Files of the image that a start script writes."""

from __future__ import annotations

import pytest

from analyzers.model.scripts.rewrites import find_rewrites
from tests.analyzers.model.repositories import repository


def rewritten(line: str) -> list[str]:
    files = {
        "Dockerfile": 'FROM alpine:3.22\nWORKDIR /app\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
        "start.sh": f"#!/bin/sh\n{line}\nexec /app/orders\n",
        "go.mod": "module a\n",
    }
    found = repository(files)
    return [each.path for each in find_rewrites(found.scripts["start.sh"], found.images[0].final)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("sed s/a/b/ app.yaml", id="nothing is written"),
        pytest.param("sed -i s/a/b/ $FILE", id="a variable"),
        pytest.param("sed -i s/a/b/ *.yaml", id="a pattern"),
        pytest.param("sed -i s/a/b/ /tmp/app.yaml", id="a temporary file"),
        pytest.param("cd /data; sed -i s/a/b/ app.yaml", id="in another folder"),
        pytest.param("sed -i s/a/b/ /etc/hosts", id="a file of the runtime"),
        pytest.param("cp app /usr/bin/app", id="no configuration"),
        pytest.param("envsubst < app.yaml", id="to the screen"),
    ],
)
def test_nothing_of_the_image(line: str) -> None:
    assert rewritten(line) == []


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("sed -i s/a/b/ app.yaml", ["/app/app.yaml"]),
        ("sed -i.bak -e s/a/b/ -e s/c/d/ /a.yaml /b.yaml", ["/a.yaml", "/b.yaml"]),
        ("sed -i -f edit.sed /a.yaml", ["/a.yaml"]),
        ("sed --in-place 's/a/b/' /a.yaml", ["/a.yaml"]),
        ("envsubst < a > /etc/nginx/nginx.conf", ["/etc/nginx/nginx.conf"]),
        ("cp a.yaml b.yaml", ["/app/b.yaml"]),
    ],
)
def test_what_is_written(line: str, paths: list[str]) -> None:
    assert rewritten(line) == paths
