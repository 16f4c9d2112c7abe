"""Shells that stay in front of what a container is there for."""

from __future__ import annotations

import pytest

from analyzers.model.services.shell_starts import ShellStart, find_shell_starts
from tests.analyzers.model.repositories import repository

BASE = "FROM debian:12\nCOPY start.sh /start.sh\nEXPOSE 80\n"


def starts(entry: str, script: str = "") -> list[ShellStart]:
    found = repository({"Dockerfile": BASE + entry, "start.sh": f"#!/bin/sh\n{script}\n"})
    return list(find_shell_starts(found.images, found.services, found.scripts))


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param('ENTRYPOINT ["/app"]', id="a program"),
        pytest.param("ENTRYPOINT /app", id="a text, which another rule is for"),
    ],
)
def test_no_shell(entry: str) -> None:
    assert starts(entry) == []


def test_an_image_that_serves_nothing_is_left_alone() -> None:
    found = repository({"Dockerfile": 'FROM debian:12\nCMD ["sh", "-c", "/app"]'})
    assert list(find_shell_starts(found.images, found.services, found.scripts)) == []


@pytest.mark.parametrize(
    ("entry", "script"),
    [
        pytest.param('CMD ["sh", "-c", "exec /app"]', "", id="exec"),
        pytest.param('CMD ["sh", "-c", "while true; do /app; done"]', "", id="a loop"),
        pytest.param('CMD ["dumb-init", "sh", "-c", "/app"]', "", id="dumb-init"),
        pytest.param('CMD ["tini", "-g", "--", "sh", "-c", "/app"]', "", id="tini for all"),
        pytest.param('CMD ["/start.sh"]', "trap 'kill $p' TERM\n/app & p=$!\nwait $p\n/flush", id="a trap"),
        pytest.param('CMD ["/start.sh"]', "/app &\ntail -f /log", id="what only keeps it"),
    ],
)
def test_nothing_is_lost(entry: str, script: str) -> None:
    (start,) = starts(entry, script)
    assert start.lost is None


@pytest.mark.parametrize(
    ("entry", "script", "program"),
    [
        pytest.param('CMD ["sh", "-c", "/bin/app -v"]', "", "app", id="a text"),
        pytest.param('ENTRYPOINT ["sh", "-c"]\nCMD ["/app"]', "", "app", id="in two instructions"),
        pytest.param('CMD ["tini", "--", "/start.sh"]', "/app", "app", id="tini for one"),
        pytest.param('CMD ["/start.sh"]', "sh -c '/app run'", "app", id="a shell in a shell"),
        pytest.param('CMD ["/start.sh"]', '"$@"', "$@", id="whatever is given"),
    ],
)
def test_a_program_is_lost(entry: str, script: str, program: str) -> None:
    (start,) = starts(entry, script)
    assert start.lost
    assert start.program == program


@pytest.mark.parametrize(
    ("entry", "script", "orphan"),
    [
        pytest.param('CMD ["/start.sh"]', "/side &\nexec /app", "side", id="left behind"),
        pytest.param('CMD ["/start.sh"]', "/side &\n/app", None, id="the shell stays"),
        pytest.param('CMD ["/start.sh"]', "/side &\nwait\nexec /app", None, id="waited for"),
        pytest.param('CMD ["/start.sh"]', "/side &\nexec tini -- /app", None, id="tini takes over"),
        pytest.param('CMD ["/start.sh"]', "/side &\nexec supervisord", None, id="a supervisor takes over"),
        pytest.param('CMD ["tini", "--", "/start.sh"]', "/side &\nexec /app", None, id="tini in front"),
    ],
)
def test_what_is_left_behind(entry: str, script: str, orphan: str | None) -> None:
    (start,) = starts(entry, script)
    assert (start.orphan.name if start.orphan else None) == orphan
