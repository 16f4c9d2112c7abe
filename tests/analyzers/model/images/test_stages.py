"""Stages on top of one another, and what they hand down."""

from __future__ import annotations

import pytest

from tests.analyzers.model.images.dockerfiles import final, image, words


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


def test_volumes_are_inherited() -> None:
    stage = final('FROM a AS b\nVOLUME ["/x y"]\nFROM b\nVOLUME /y $Z\n')

    assert [volume.value for volume in stage.volumes] == ["/x y", "/y", None]


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
