"""What RUN and COPY do."""

from __future__ import annotations

import pytest

from analyzers.parsers.position import Span
from tests.analyzers.model.images.dockerfiles import final, words


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        pytest.param("RUN", [], id="nothing"),
        pytest.param('SHELL ["pwsh", "-c"]\nRUN a', [], id="a shell we do not speak"),
        pytest.param("RUN <<E python3\na b\nE", [("python3",)], id="a heredoc for another program"),
        pytest.param("RUN <<E tee x && b\na b\nE", [("tee", "x"), ("b",)], id="a heredoc before its command"),
        pytest.param("RUN <<E\n#!/usr/bin/env python3\na b\nE", [], id="a script in another language"),
        pytest.param("RUN a && \\\n # c\n b", [("a",), ("b",)], id="over lines"),
        pytest.param('RUN ["a", "b c"]', [("a", "b c")], id="an array"),
        pytest.param('RUN ["sh", "-c", "a; b"]', [("a",), ("b",)], id="sh -c"),
        pytest.param("RUN <<E\na\nb c\nE", [("a",), ("b", "c")], id="a heredoc"),
        pytest.param("RUN <<E\n#!/bin/bash\na\nE", [("a",)], id="a heredoc with its shell"),
        pytest.param("RUN <<-E bash -e\n\ta\n\tE", [("a",)], id="a heredoc for a shell"),
        pytest.param("RUN bash <<E\na\nE", [("a",)], id="a shell with a heredoc"),
        pytest.param(
            "RUN cat <<E >x && b\nnot a command\nE", [("cat",), ("b",)], id="a heredoc for a command"
        ),
    ],
)
def test_runs(text: str, commands: list[tuple[str, ...]]) -> None:
    assert words(final(f"FROM a\n{text}\n")) == commands


def test_commands_stand_where_they_are_written() -> None:
    stage = final(
        'FROM a\nRUN x && \\\n# c\n  go build\nRUN <<-E\n\tgo vet\n\tE\nCMD ["sh", "-c", "\\"x\\" go"]\n'
    )

    assert [command.at.span for run in stage.runs for command in run.commands] == [
        Span(2, 5, 2, 6),
        Span(4, 3, 4, 11),
        Span(6, 2, 6, 8),
    ]
    assert stage.runs[0].commands[1].word_at(1).span == Span(4, 6, 4, 11)
    assert stage.cmd is not None
    assert stage.cmd.commands[0].word_at(1).span == Span(8, 25, 8, 27)


def test_a_run_has_its_surroundings() -> None:
    first, second = final(
        "FROM golang:1\nRUN --mount=type=cache,dst=/x --mount=source=.,target=/y,ro a\n"
        "ENV CGO_ENABLED=0\nWORKDIR b\nRUN c\n"
    ).runs

    assert first.mounts == (
        {"type": "cache", "target": "/x"},
        {"type": "bind", "source": ".", "target": "/y", "readonly": "true"},
    )
    assert (first.env, first.index, first.workdir) == ({}, 0, "/go")
    assert (second.env["CGO_ENABLED"].value, second.index, second.workdir) == ("0", 3, "/go/b")


@pytest.mark.parametrize(
    ("text", "sources", "target", "resolved"),
    [
        pytest.param("COPY a b", ("a",), "b", "", id="into a folder the base decides"),
        pytest.param("WORKDIR /x\nCOPY a $B", ("a",), "$B", "", id="into a folder nobody knows"),
        pytest.param("WORKDIR $B\nCOPY a b", ("a",), "b", "", id="below a folder nobody knows"),
        pytest.param("COPY a /b/", ("a",), "/b/", "/b", id="into a folder"),
        pytest.param(
            "WORKDIR /x\nWORKDIR y\nCOPY a b ./", ("a", "b"), "./", "/x/y", id="into the working folder"
        ),
        pytest.param('WORKDIR /x\nCOPY ["a b", "../c"]', ("a b",), "../c", "/c", id="an array"),
        pytest.param("ENV B=/b\nCOPY $B/x ${B}", ("/b/x",), "/b", "/b", id="variables"),
        pytest.param("COPY <<E a /b\nx\nE", ("a",), "/b", "/b", id="a heredoc beside a file"),
    ],
)
def test_copies(text: str, sources: tuple[str, ...], target: str, resolved: str) -> None:
    (copy,) = final(f"FROM a\n{text}\n").copies

    assert (copy.sources, copy.target, copy.resolved_target) == (sources, target, resolved)


def test_copies_tell_where_from_and_how() -> None:
    copy, add = final(
        "FROM a\nCOPY --from=build --chown=1:1 --link a /b\nADD --checksum=x https://y /z\n"
    ).copies

    assert (copy.from_, copy.options, copy.is_add, copy.index) == (
        "build",
        {"chown": "1:1", "link": ""},
        False,
        0,
    )
    assert (add.from_, add.options, add.is_add, add.index) == ("", {"checksum": "x"}, True, 1)


def test_mounts_and_flags_are_expanded() -> None:
    stage = final(
        "FROM golang:1\nARG U=7\nRUN --mount=type=cache,target=$GOPATH/pkg --mount=type=secret,id=$X a\n"
        "COPY --chown=$U:${G} a /b\n"
    )

    assert stage.runs[0].mounts == (
        {"type": "cache", "target": "/go/pkg"},
        {"type": "secret", "id": "$X"},
    )
    assert stage.copies[0].options == {"chown": "$U:${G}"}
