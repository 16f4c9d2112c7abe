"""Our reading of Dockerfiles against BuildKit's own, and against dockerfile-parse's where that is sound."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from dockerfile_parse import DockerfileParser

from analyzers.parsers.dockerfile import parse_dockerfile
from tests.analyzers.parsers.dockerfile_rows import rows
from tests.analyzers.parsers.dockerfile_texts import PROBES, made_text

MADE = {f"made from seed {seed}": made_text(seed) for seed in range(300)}
TEXTS = PROBES | MADE
# BuildKit v0.12.5, which is inside the oracle, reads these otherwise than later versions.
OUTDATED = frozenset({"JSON with something after it", "an escape of one's own in a flag"})
# https://github.com/containerbuildsystem/dockerfile-parse: heredocs, byte order marks, gaps in instructions.
UNSOUND = re.compile(r"<<|\ufeff|\\\\\n|\\[ \t]*\n[ \t]*\n|\\[ \t]*\Z|\\\n\Z|check=", re.M)
# What else it reads otherwise than BuildKit: keywords over two lines, blanks that only Python knows as such.
MISREAD = frozenset(
    {
        *("a no-break space after the backslash", "a form feed after the backslash", "a no-break space"),
        *("a separator that is no blank", "a backslash alone as the first line", "a keyword over two lines"),
        *("a keyword and then a backslash", "made from seed 109", "made from seed 168"),
    }
)

needs_oracle = pytest.mark.skipif(
    importlib.util.find_spec("dockerfile") is None, reason="the package dockerfile 3.4.0 is not installed"
)


@cache
def oracle() -> dict[str, list[list[object]] | None]:
    program = Path(__file__).with_name("dockerfile_oracle.py")
    answer = subprocess.run(
        [sys.executable, str(program)],
        input=json.dumps(list(TEXTS.values())),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(TEXTS, json.loads(answer.stdout), strict=True))


@needs_oracle
@pytest.mark.parametrize("name", sorted(TEXTS.keys() - OUTDATED))
def test_reads_like_buildkit(name: str) -> None:
    assert rows(TEXTS[name]) == oracle()[name]


@needs_oracle
@pytest.mark.parametrize("name", sorted(OUTDATED))
def test_what_is_set_apart_is_read_otherwise(name: str) -> None:
    assert rows(TEXTS[name]) != oracle()[name]


SOUND = (
    "FROM golang:1.23 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n"
    "RUN CGO_ENABLED=0 go build \\\n    -o /out ./cmd/api\nFROM scratch\nCOPY --from=build /out /api\n"
    'USER 65532\nENTRYPOINT ["/api"]\n',
    "# escape=`\nFROM a\nRUN one `\n  two\nCMD three\n",
    "FROM a\r\nRUN one \\\r\n  two\r\nUSER 1\r\n",
    "from a\nrun one \\\n# comment\n  two\n\n\nuser 1\n",
    "ARG V=1\nFROM a:$V\nENV A=1 B=2\nLABEL a=b\nEXPOSE 80\nHEALTHCHECK NONE\nVOLUME /x\nSTOPSIGNAL TERM\n",
)


def ours(text: str) -> list[tuple[object, ...]]:
    return [
        (instruction.keyword, instruction.span.line, instruction.span.end_line)
        for instruction in parse_dockerfile(text).instructions
    ]


def theirs(text: str) -> list[tuple[object, ...]]:
    known = cast("list[dict[str, object]]", DockerfileParser(fileobj=BytesIO(text.encode())).structure)
    return [
        (entry["instruction"], cast(int, entry["startline"]) + 1, cast(int, entry["endline"]) + 1)
        for entry in known
        if entry["instruction"] != "COMMENT"
    ]


COMPARED = {name for name, text in TEXTS.items() if not UNSOUND.search(text) and rows(text) is not None}


@pytest.mark.parametrize("text", [*SOUND, *(TEXTS[name] for name in sorted(COMPARED - MISREAD))])
def test_reads_like_dockerfile_parse_where_that_is_sound(text: str) -> None:
    assert not UNSOUND.search(text)
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("name", sorted(MISREAD))
def test_what_dockerfile_parse_misreads_is_read_otherwise(name: str) -> None:
    assert ours(TEXTS[name]) != theirs(TEXTS[name])
