"""What a Dockerfile's image is, stage by stage."""

from __future__ import annotations

import pytest

from analyzers.model.image import Image, Stage
from analyzers.model.images.dockerfile_reader import read_image
from analyzers.parsers.dockerfile import parse_dockerfile
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable


def image(text: str) -> Image:
    return read_image("app/Dockerfile", parse_dockerfile(text), ())


def final(text: str) -> Stage:
    return image(text).final


def words(stage: Stage) -> list[tuple[str, ...]]:
    return [command.words for run in stage.runs for command in run.commands]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("RUN x\n", "no FROM", id="no stage"),
        pytest.param("FROM\n", "names no image", id="a FROM without image"),
        pytest.param("FROM a\n" + "RUN x\n" * 2_000, "instructions", id="too many instructions"),
        pytest.param("FROM a\n" * 201, "stages", id="too many stages"),
        pytest.param(
            "FROM a\nENV " + " ".join(f"A{n}=1" for n in range(1_001)), "variables", id="too many variables"
        ),
    ],
)
def test_refuses(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        image(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FROM $BASE\n", id="a variable nobody sets"),
        pytest.param("ARG V\nFROM golang:$V\n", id="an argument without default"),
        pytest.param("FROM a\nARG V=1\nFROM golang:$V\n", id="an argument of a stage"),
        pytest.param("FROM --platform=$BUILDPLATFORM a:$TARGETARCH\n", id="the platform"),
        pytest.param("ARG TARGETARCH=amd64\nFROM a:$TARGETARCH\n", id="the platform with a default"),
        pytest.param("FROM {{ image }}\n", id="a template"),
    ],
)
def test_a_base_is_unknown(text: str) -> None:
    base = final(text).base

    assert base is not None
    assert base.value is None


@pytest.mark.parametrize(
    ("text", "base"),
    [
        pytest.param("FROM golang:1.23\n", "golang:1.23", id="as written"),
        pytest.param("ARG V=1.23\nFROM golang:$V-alpine\n", "golang:1.23-alpine", id="an argument"),
        pytest.param(
            "ARG V=1\nARG W=${V}.2\nFROM golang:${W}\n", "golang:1.2", id="an argument of an argument"
        ),
        pytest.param("ARG V\nFROM golang:${V:-1.2}\n", "golang:1.2", id="a default on the spot"),
        pytest.param("ARG V=1.22.3\nFROM golang:${V%.*}\n", "golang:1.22", id="the stem of an argument"),
        pytest.param(
            'ARG V="1.2"\nFROM --platform=linux/amd64 "golang:$V" AS b\n', "golang:1.2", id="quotes"
        ),
    ],
)
def test_a_base_is_resolved(text: str, base: str) -> None:
    found = final(text).base

    assert found is not None
    assert found.value is not None
    assert found.value.text == base


def test_a_base_has_its_place_inside_the_line() -> None:
    stage = final("FROM --platform=x \\\n  golang:1 AS b\n")

    assert stage.base_at.span == Span(2, 3, 2, 11)
    assert (stage.at.path, stage.at.span) == ("app/Dockerfile", Span(1, 1, 2, 16))


def test_stages_build_on_stages() -> None:
    built = image("FROM a AS One\nFROM scratch\nFROM ONE AS two\nFROM two\n")

    assert [stage.name for stage in built.stages] == ["one", "", "two", ""]
    assert [stage.is_scratch for stage in built.stages] == [False, True, False, False]
    assert [stage.is_final for stage in built.stages] == [False, False, False, True]
    assert built.final.parent is built.stages[2]
    assert built.final.root is built.stages[0]
    assert (built.stage("ONE"), built.stage("1"), built.stage("x")) == (
        built.stages[0],
        built.stages[1],
        None,
    )


def test_stages_inherit_what_is_configured() -> None:
    stage = final(
        'FROM a AS b\nENV A=1\nARG G=2\nUSER 7\nWORKDIR /x\nEXPOSE 80\nCMD ["c"]\nSTOPSIGNAL QUIT\n'
        'LABEL l=m\nSHELL ["bash", "-c"]\nHEALTHCHECK CMD h\nFROM b\nWORKDIR y\n'
    )

    assert {name: fact.value for name, fact in stage.env.items()} == {"A": "1"}
    assert {name: fact.value for name, fact in stage.args.items()} == {"G": "2"}
    assert (stage.user and stage.user.value, stage.workdir) == ("7", "/x/y")
    assert [port.value for port in stage.exposes] == [80]
    assert stage.cmd is not None
    assert stage.healthcheck is not None
    assert (stage.cmd.words, stage.healthcheck.text, stage.shell) == (("c",), "h", ("bash", "-c"))
    assert (stage.stopsignal and stage.stopsignal.value, stage.labels["l"].value) == ("QUIT", "m")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("FROM a\nENV B=$A", {"B": None}, id="unknown where the base may set it"),
        pytest.param(
            "FROM a\nENV B=${A:-x}", {"B": None}, id="unknown with a default, as the base may set it"
        ),
        pytest.param("ARG A=1\nFROM a\nENV B=$A", {"B": None}, id="a global argument is not seen"),
        pytest.param("FROM a\nARG A\nENV B=$A", {"B": None}, id="an argument without default"),
        pytest.param("FROM a\nARG TARGETOS=linux\nENV B=$TARGETOS", {"B": None}, id="the platform"),
        pytest.param("FROM scratch\nENV B=${A:-x}", {"B": "x"}, id="a default where nothing else sets it"),
        pytest.param("FROM a\nARG A\nENV B=${A:-x}", {"B": "x"}, id="a default of an argument"),
        pytest.param("ARG A=1\nFROM a\nARG A\nENV B=$A", {"B": "1"}, id="a global argument declared again"),
        pytest.param("ARG A=1\nFROM a\nARG A=2\nENV B=$A", {"B": "2"}, id="a global argument overruled"),
        pytest.param("FROM a\nARG A=1\nENV A=2\nENV B=$A", {"A": "2", "B": "2"}, id="ENV before ARG"),
        pytest.param(
            "FROM a\nENV A=1\nENV A=2 B=$A", {"A": "2", "B": "1"}, id="one ENV sees what was before"
        ),
        pytest.param("FROM a\nENV A='$B'", {"A": "$B"}, id="single quotes"),
        pytest.param("FROM a\nENV A=1\nARG A=2\nENV B=$A", {"A": "1", "B": "2"}, id="ARG after ENV"),
        pytest.param(
            "FROM a\nENV A=1\nARG A\nENV B=$A", {"A": "1", "B": "1"}, id="ARG without default after ENV"
        ),
        pytest.param(
            "FROM a AS b\nARG A=1\nFROM b\nENV B=$A", {"B": "1"}, id="an argument of the stage below"
        ),
        pytest.param(
            "ARG A=1\nFROM a AS b\nARG A\nFROM a\nENV B=$A", {"B": None}, id="an argument of another stage"
        ),
        pytest.param(
            "ARG A=v1.2\nFROM scratch\nARG A\n"
            "ENV B=${A#v} C=${A##*.} D=${A%.*} E=${A%%.*} F=${A/./-} G=${A//?./}\n"
            "ENV H=${A:+x} I=${Z+x} J=${A?no} K=${Z:-y}\n",
            dict(
                zip("BCDEFGHIJK", ("1.2", "2", "v1", "v1", "v1-2", "v2", "x", "", "v1.2", "y"), strict=True)
            ),
            id="all forms",
        ),
        pytest.param("FROM golang:1\nENV B=$GOPATH/x", {"B": "/go/x"}, id="what the Go image sets"),
    ],
)
def test_variables_are_worth(text: str, values: dict[str, str | None]) -> None:
    assert {name: fact.value for name, fact in final(text).env.items()} == values


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


def test_triggers_run_in_the_stages_right_on_top() -> None:
    built = image(
        "FROM a AS one\nONBUILD ARG V=1\nONBUILD COPY go.mod ./\nONBUILD RUN x $V\nWORKDIR /w\n"
        "FROM one AS two\nRUN y\nFROM two\nRUN z\n"
    )

    assert [words(stage) for stage in built.stages] == [[], [("x", "$V"), ("y",)], [("z",)]]
    assert [len(stage.copies) for stage in built.stages] == [0, 1, 0]
    assert built.stages[1].copies[0].resolved_target == "/w"
    assert built.stages[1].runs[0].env["V"].value == "1"


def test_triggers_of_an_image_from_elsewhere_are_not_known() -> None:
    assert words(final("FROM golang:onbuild\nRUN x\n")) == [("x",)]


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("FROM a\n", None),
        ("FROM --platform=$BUILDPLATFORM golang AS b\n", "$BUILDPLATFORM"),
        ("FROM --platform=linux/amd64 golang\n", "linux/amd64"),
    ],
)
def test_the_platform_is_kept(text: str, platform: str | None) -> None:
    found = final(text).platform

    assert (found.value if found else None) == platform


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


def test_volumes_are_inherited() -> None:
    stage = final('FROM a AS b\nVOLUME ["/x y"]\nFROM b\nVOLUME /y $Z\n')

    assert [volume.value for volume in stage.volumes] == ["/x y", "/y", None]
