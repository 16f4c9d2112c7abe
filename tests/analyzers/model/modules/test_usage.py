"""How near known vulnerabilities are to the code of a program."""

from __future__ import annotations

import pytest

from analyzers.model.advisory import Advisory
from analyzers.model.modules.usage import Usage
from tests.analyzers.model.repositories import repository

GOMOD = "module example.com/app\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/a/b v1.0.0\n)\n"


def exposure(*imports: str, body: str, packages: tuple[str, ...], symbols: tuple[str, ...] = ()) -> str:
    """What one advisory of `example.com/a` is to a program, and how it was seen."""
    lines = "\n".join(f"import {each}" for each in imports)
    main = f"package main\n\n{lines}\n\nfunc main() {{ {body} }}\n\nfunc never() {{ y.Unused() }}\n"
    found = repository({"go.mod": GOMOD, "main.go": main})
    (module,) = found.modules
    advisory = Advisory("GO-1", (), "", "", packages, symbols={packages[0]: symbols} if symbols else {})
    seen = Usage(module, found.programs).exposure([advisory], "example.com/a")
    return " ".join(filter(None, (seen.reach, seen.symbol, str(seen.at or ""))))


A, B, INNER = '"example.com/a"', '"example.com/a/b"', "example.com/a/internal/wire"


@pytest.mark.parametrize(
    ("imports", "body", "packages", "symbols", "expected"),
    [
        pytest.param((A,), "a.Run()", ("example.com/a",), (), "used main.go:3", id="the whole package"),
        pytest.param((A,), "a.Run()", ("example.com/a",), ("Run",), "used Run main.go:3", id="called"),
        pytest.param((A,), "go f(a.Run)", ("example.com/a",), ("Run",), "used Run main.go:3", id="handed on"),
        pytest.param(
            (f"x {A}",), "x.Run()", ("example.com/a",), ("Run",), "used Run main.go:3", id="another name"
        ),
        pytest.param(
            (A,), "real.Run()", ("example.com/a",), ("Run",), "used Run main.go:3", id="its name is unknown"
        ),
        pytest.param(
            (A, B), "b.Run(a.New())", ("example.com/a",), ("Run",), "imported main.go:3", id="a namesake"
        ),
        pytest.param((A,), "a.Run()", ("example.com/a",), ("Unused",), "imported main.go:3", id="never runs"),
        pytest.param(
            (A,), "a.New().Do()", ("example.com/a",), ("T.Do",), "used T.Do main.go:3", id="a method"
        ),
        pytest.param((A,), "f(a.T{})", ("example.com/a",), ("T.Do",), "used T.Do main.go:3", id="a literal"),
        pytest.param(
            (A,), "a.New()", ("example.com/a",), ("T.Do",), "imported main.go:3", id="another method"
        ),
        pytest.param((A,), "a.Run()", (INNER,), ("Run",), "inside main.go:3", id="inside"),
        pytest.param((A,), "a.Run()", (INNER, "example.com/a/c"), (), "far", id="a public way in"),
        pytest.param((B,), "b.Run()", (INNER,), (), "far", id="inside of what is not imported"),
        pytest.param((A,), "a.Run()", (), (), "inside main.go:3", id="only the module is known"),
        pytest.param((B,), "b.Run()", (), (), "far", id="a module inside the module"),
    ],
)
def test_reach(
    imports: tuple[str, ...], body: str, packages: tuple[str, ...], symbols: tuple[str, ...], expected: str
) -> None:
    assert exposure(*imports, body=body, packages=packages, symbols=symbols) == expected
