"""Bake files that are made to take long."""

from __future__ import annotations

from contextlib import suppress

import pytest

from analyzers.model.builds.bake_targets import MOST_TARGETS, Bake
from analyzers.parsers.bake import BakeFile, parse_bake_json, parse_hcl
from analyzers.parsers.problem import Unreadable
from tests.hanging import must_end


def targets(file: BakeFile) -> int:
    bake = Bake({"docker-bake.hcl": file})
    return len(list(bake.targets())) + len(bake.members(["g0"]))


def chain(count: int, line: str) -> str:
    return "".join(line.format(n=number, next=number + 1) for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{" * 1_000_000, id="a megabyte of braces"),
        pytest.param("a = " + "[" * 60_000, id="open lists"),
        pytest.param("a = " + "!" * 120_000 + "1", id="operators"),
        pytest.param("a = " + "1+" * 60_000 + "1", id="a long sum"),
        pytest.param('a = "' + "${a}" * 30_000 + '"', id="a long template"),
        pytest.param('a = "' + "${" * 30_000, id="open templates"),
        pytest.param("a = 1\n" * 20_000, id="many attributes"),
        pytest.param("<<A\n" * 30_000, id="heredocs"),
        pytest.param('"' * 130_000, id="quotes"),
        pytest.param("a = " + "x == 1 ? " * 10_000 + "1" + " : 2" * 10_000, id="conditions"),
        pytest.param('target "a" { inherits = ["b"] }\ntarget "b" { inherits = ["a"] }', id="a circle"),
        pytest.param(chain(60, 'target "t{n}" {{ inherits = ["t{next}", "t{next}"] }}\n'), id="a diamond"),
        pytest.param(chain(60, 'group "g{n}" {{ targets = ["g{next}", "g{next}"] }}\n'), id="groups"),
        pytest.param(
            'target "a" { matrix = {' + "".join(f"v{n} = [1,2,3,4,5,6,7,8]\n" for n in range(40)) + "}}",
            id="a matrix of 8^40",
        ),
        pytest.param(
            'target "a" {\n matrix = { a = ['
            + "1," * 5_000
            + "] }\n args = {"
            + ",".join(f'a{n} = "${{a}}"' for n in range(2_000))
            + "} }",
            id="a matrix of many arguments",
        ),
        pytest.param(
            chain(40, "a{n} = [a{next}, a{next}]\n") + 'target "a" { tags = a0 }', id="doubled lists"
        ),
        pytest.param(
            'a0 = "xxxxxxxx"\n'
            + chain(40, 'a{next} = "${{a{n}}}${{a{n}}}"\n')
            + 'target "a" { tags = [a40] }',
            id="doubled texts",
        ),
    ],
)
def test_ends_soon(text: str) -> None:
    count = 0
    with must_end(), suppress(Unreadable):
        count = targets(parse_hcl(text))
    assert count <= MOST_TARGETS + 100


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 10_000, '{"target": {"a": {"tags": ["' + "${" * 200_000 + '"]}}}']
)
def test_json_ends_soon(text: str) -> None:
    with must_end(), suppress(Unreadable):
        targets(parse_bake_json(text))
