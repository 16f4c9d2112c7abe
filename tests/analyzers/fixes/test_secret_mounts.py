"""A build argument that becomes a secret mount."""

from __future__ import annotations

import pytest

from analyzers.fixes.secret_mounts import mount_instead, netrc_instead
from analyzers.model.secrets.git_credentials import find_git_credentials
from tests.analyzers.model.repositories import repository


def mounted(text: str) -> list[str] | None:
    (image,) = repository({"Dockerfile": text, "go.mod": "module a\n"}).images
    stage = image.final
    fix = mount_instead(text, stage.args["TOKEN"].at, "TOKEN", stage.runs[:1])
    return [edit.text for edit in fix.edits] if fix else None


def test_the_argument_goes_and_the_mount_comes() -> None:
    assert mounted("FROM alpine:3.22\nARG TOKEN\nRUN curl -u $TOKEN x\n") == [
        "",
        "RUN --mount=type=secret,id=TOKEN,env=TOKEN curl -u $TOKEN x",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FROM alpine:3.22\nARG TOKEN A\nRUN curl $TOKEN\n", id="two in one line"),
        pytest.param("FROM alpine:3.22\nARG TOKEN\nRUN curl $TOKEN\nENV A=$TOKEN\n", id="used elsewhere"),
        pytest.param(
            "# syntax=docker/dockerfile:1.4\nFROM alpine:3.22\nARG TOKEN\nRUN curl $TOKEN\n",
            id="an old syntax",
        ),
        pytest.param("FROM alpine:3.22\nARG TOKEN\n", id="no RUN"),
    ],
)
def test_nothing_is_offered(text: str) -> None:
    assert mounted(text) is None


STORE = 'ARG TOKEN\nRUN git config --global url."https://ci:${TOKEN}@git.acme.com/".insteadOf https://git.acme.com/\n'


@pytest.mark.parametrize(
    ("rest", "is_offered"),
    [
        pytest.param("RUN go mod download\n", True, id="modules are loaded"),
        pytest.param("RUN make\n", False, id="nothing is known to load modules"),
        pytest.param("RUN git clone https://git.acme.com/x && go mod download\n", False, id="git is used"),
        pytest.param("RUN echo $TOKEN && go mod download\n", False, id="the argument is used again"),
        pytest.param("USER app\nRUN go mod download\n", False, id="another home"),
    ],
)
def test_a_netrc_in_the_place_of_a_configuration(rest: str, is_offered: bool) -> None:
    text = f"FROM golang:1.24\n{STORE}{rest}"
    (image,) = repository({"Dockerfile": text, "go.mod": "module a\n"}).images
    (stored,) = find_git_credentials(image)
    assert (netrc_instead(text, stored) is not None) is is_offered
