"""What an image starts, and how it is configured."""

from __future__ import annotations

import pytest

from tests.analyzers.model.images.dockerfiles import final


@pytest.mark.parametrize(
    ("text", "cmd", "entrypoint"),
    [
        pytest.param("FROM a\n", None, None, id="nothing"),
        pytest.param("FROM a\nCMD []\nENTRYPOINT\n", None, None, id="set to nothing"),
        pytest.param(
            "FROM a AS b\nCMD x\nFROM b\nENTRYPOINT y\n", None, "y", id="an entrypoint drops the parent's"
        ),
        pytest.param("FROM a\nCMD x\nENTRYPOINT y\n", "x", "y", id="an entrypoint keeps the stage's own"),
        pytest.param(
            "FROM a AS b\nENTRYPOINT y\nFROM b\nCMD x\n", "x", "y", id="a command for the parent's entrypoint"
        ),
        pytest.param("FROM a\nCMD x\nCMD z\n", "z", None, id="the last one counts"),
    ],
)
def test_starts(text: str, cmd: str | None, entrypoint: str | None) -> None:
    stage = final(text)

    assert (stage.cmd and stage.cmd.text, stage.entrypoint and stage.entrypoint.text) == (cmd, entrypoint)


@pytest.mark.parametrize(
    ("text", "shell_form", "words", "commands"),
    [
        pytest.param('CMD ["a", "b c"]', False, ("a", "b c"), [], id="an array"),
        pytest.param("CMD a 'b c'", True, (), [("a", "b c")], id="a text"),
        pytest.param("CMD ['a']", True, (), [("[a]",)], id="a broken array"),
        pytest.param(
            'CMD ["/bin/sh", "-ec", "a && b"]',
            False,
            ("/bin/sh", "-ec", "a && b"),
            [("a",), ("b",)],
            id="sh -c",
        ),
        pytest.param('CMD ["sh", "a.sh"]', False, ("sh", "a.sh"), [], id="a script for sh"),
        pytest.param('SHELL ["powershell"]\nCMD a', True, (), [], id="a shell we do not speak"),
    ],
)
def test_reads_entries(
    text: str, shell_form: bool, words: tuple[str, ...], commands: list[tuple[str, ...]]
) -> None:
    entry = final(f"FROM a\n{text}\n").cmd

    assert entry is not None
    assert (entry.shell_form, entry.words, [command.words for command in entry.commands]) == (
        shell_form,
        words,
        commands,
    )


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("EXPOSE 53/udp", []),
        ("EXPOSE $PORT x 70000 1-1000", [None, None, None, None]),
        ("EXPOSE 80 443/TCP 8080-8082", [80, 443, 8080, 8081, 8082]),
        ("ENV P='80 81'\nEXPOSE $P", [80, 81]),
    ],
)
def test_exposes(text: str, ports: list[int | None]) -> None:
    assert [port.value for port in final(f"FROM a\n{text}\n").exposes] == ports


@pytest.mark.parametrize(
    ("base", "workdir"),
    [
        ("ghcr.io/a/b", ""),
        ("$BASE", ""),
        ("scratch", "/"),
        ("alpine:3", "/"),
        ("golang:1", "/go"),
        ("gcr.io/distroless/static", "/"),
        ("gcr.io/distroless/static:nonroot", "/home/nonroot"),
    ],
)
def test_a_container_starts_in(base: str, workdir: str) -> None:
    assert final(f"FROM {base}\n").workdir == workdir


@pytest.mark.parametrize(
    ("text", "healthcheck"),
    [
        ("HEALTHCHECK NONE", None),
        ("HEALTHCHECK", None),
        ("HEALTHCHECK CMD", None),
        ("HEALTHCHECK CMD []", None),
        ("HEALTHCHECK CMD a\nHEALTHCHECK NONE", None),
        ("HEALTHCHECK --interval=5s CMD a b", "a b"),
        ('HEALTHCHECK CMD ["a", "b"]', '["a", "b"]'),
    ],
)
def test_checks_its_health(text: str, healthcheck: str | None) -> None:
    found = final(f"FROM a\n{text}\n").healthcheck

    assert (found.text if found else None) == healthcheck
