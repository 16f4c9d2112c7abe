"""The script an image starts, found in the repository."""

from __future__ import annotations

import pytest

from analyzers.model.scripts.starting import script_of_image
from tests.analyzers.model.repositories import repository

SCRIPT = '#!/bin/sh\nexec "$@"\n'


def started(dockerfile: str, **files: str) -> str | None:
    found = repository({"Dockerfile": dockerfile, "go.mod": "module a\n", **files})
    script = script_of_image(found.images[0], found.scripts)
    return script.path if script else None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('COPY start.sh /\nENTRYPOINT ["/app"]', id="a program"),
        pytest.param('ENTRYPOINT ["/start.sh"]', id="a script that is not copied"),
        pytest.param('COPY start.sh /other.sh\nENTRYPOINT ["/start.sh"]', id="under another name"),
        pytest.param('COPY start.sh /\nENTRYPOINT ["sh", "-x"]', id="a shell alone"),
    ],
)
def test_no_script(text: str) -> None:
    assert started(f"FROM alpine:3.20\n{text}\n", **{"start.sh": SCRIPT}) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('COPY start.sh /\nENTRYPOINT ["/start.sh"]', id="into a folder"),
        pytest.param('COPY start.sh /run\nENTRYPOINT ["/run"]', id="under a new name"),
        pytest.param('WORKDIR /srv\nCOPY . .\nCMD ["./start.sh"]', id="with everything"),
        pytest.param('COPY *.sh /bin/\nENTRYPOINT ["start.sh"]', id="by a pattern, found on the PATH"),
        pytest.param('COPY start.sh /\nENTRYPOINT ["tini", "--", "/start.sh"]', id="behind an init"),
        pytest.param('COPY start.sh /\nENTRYPOINT ["bash", "-e", "/start.sh"]', id="read by a shell"),
        pytest.param("COPY start.sh /\nENTRYPOINT exec /start.sh", id="by a text"),
    ],
)
def test_a_script(text: str) -> None:
    assert started(f"FROM alpine:3.20\n{text}\n", **{"start.sh": SCRIPT}) == "start.sh"


def test_through_another_stage() -> None:
    text = (
        "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nFROM alpine:3.20\n"
        'COPY --from=build /src/deploy/start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n'
    )
    assert started(text, **{"deploy/start.sh": SCRIPT}) == "deploy/start.sh"


def test_the_text_of_a_shell_knows_which_shell_it_is() -> None:
    found = repository({"Dockerfile": 'FROM alpine:3.20\nCMD ["sh", "-c", "./server"]\n'})
    script = script_of_image(found.images[0], found.scripts)
    assert script
    assert (script.shell, script.hands_over, str(script.at)) == ("ash", "exec", "Dockerfile:2")


def test_sourced_files() -> None:
    files = {
        "deploy/run.sh": '. "$(dirname "$0")/lib.sh"\n. /etc/profile\nsource "$X"\nsource ./lib.sh\n',
        "deploy/lib.sh": "a\n",
    }
    script = repository(files).scripts["deploy/run.sh"]
    assert [fact.value for fact in script.sourced] == ["deploy/lib.sh", None, None, "deploy/lib.sh"]
