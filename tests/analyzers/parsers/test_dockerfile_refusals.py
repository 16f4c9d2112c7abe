"""Instructions that Docker would stop at."""

from __future__ import annotations

import pytest

from analyzers.parsers.dockerfile import find_refusals, parse_dockerfile

TEXTS = {
    "a whole file": ("FROM alpine:3.22 AS build\nCOPY a b\nENV A=1\nCMD\nHEALTHCHECK NONE\n", []),
    "lower case": ("from alpine:3.22 as build\nrun true\n", []),
    "a source in the text": ("FROM a:1\nCOPY <<EOF /etc/motd\nhello\nEOF\n", []),
    "JSON": ('FROM a:1\nCOPY ["a b", "/c"]\n', []),
    "misspelt": ("FORM golang:1.26\nFROM a:1\n", [(1, "unknown instruction 'FORM'")]),
    "nothing to copy": ("FROM a:1\n\nCOPY\n", [(3, "COPY needs a source and a destination")]),
    "no destination": ("FROM a:1\nADD x\n", [(2, "ADD needs a source and a destination")]),
    "no argument": ("FROM a:1\nEXPOSE\n", [(2, "EXPOSE has no argument")]),
    "a name without AS": (
        "FROM a:1 build\n",
        [(1, "FROM is written as `FROM image` or `FROM image AS name`")],
    ),
}


@pytest.mark.parametrize(("text", "refusals"), TEXTS.values(), ids=TEXTS.keys())
def test_what_cannot_be_built_is_said(text: str, refusals: list[tuple[int, str]]) -> None:
    assert list(find_refusals(parse_dockerfile(text))) == refusals
