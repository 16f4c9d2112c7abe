"""Credentials for git in the layers of an image."""

from __future__ import annotations

import pytest

from analyzers.model.secrets.git_credentials import find_git_credentials
from tests.analyzers.model.repositories import repository

URL = '"https://ci:${TOKEN}@git.acme.internal/"'


def found(text: str) -> list[tuple[str, str, bool]]:
    (image,) = repository({"Dockerfile": text, "go.mod": "module a\n"}).images
    return [(each.file, each.variable, each.ships) for each in find_git_credentials(image)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("RUN git config --global user.name ci", id="no URL"),
        pytest.param(f"RUN git config --global url.{URL}.insteadOf x", id="a variable that nobody sets"),
        pytest.param(
            f"ARG TOKEN\nRUN --mount=type=secret,id=t git config --global url.{URL}.insteadOf x",
            id="with a secret mount",
        ),
        pytest.param("ARG TOKEN\nRUN echo $TOKEN > ~/.netrc && rm ~/.netrc", id="removed in one RUN"),
        pytest.param("RUN echo machine git.acme.internal > ~/.netrc", id="no password"),
        pytest.param("COPY --from=build /root/.netrc /root/", id="from another stage"),
    ],
)
def test_nothing_stays(text: str) -> None:
    assert found(f"FROM alpine:3.22\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"ARG TOKEN\nRUN git config --global url.{URL}.insteadOf x", (".gitconfig", "TOKEN", True)),
        ("ENV TOKEN=a\nRUN printf 'password %s' $TOKEN >> $HOME/.netrc", (".netrc", "TOKEN", True)),
        ("RUN echo 'machine a login b password kV9tq2Lm' > /root/.netrc", (".netrc", "", True)),
        ("COPY .git-credentials /root/", (".git-credentials", "", True)),
    ],
)
def test_what_stays(text: str, expected: tuple[str, str, bool]) -> None:
    assert found(f"FROM alpine:3.22\n{text}\n") == [expected]


def test_a_builder_does_not_ship() -> None:
    text = "FROM alpine:3.22 AS b\nCOPY .netrc /root/\nFROM scratch\nCOPY --from=b /orders /orders\n"
    assert found(text) == [(".netrc", "", False)]
