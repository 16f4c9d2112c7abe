"""How near known vulnerabilities are to the code of a repository, and how they are named to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analyzers.finding import Location
from analyzers.model.advisory import Advisory
from analyzers.model.module import Module
from analyzers.model.program import Program

_MOST_NAMED = 3
_MOST_WORDS = 14


def imports_of(module: Module, programs: Iterable[Program]) -> Mapping[str, Location]:
    """What the programs of a module import, and where."""
    own = (program for program in programs if program.module is module)
    return {path: at for program in own for path, at in program.imports.items()}


def nearest(advisories: Sequence[Advisory], imports: Mapping[str, Location]) -> tuple[Advisory, str]:
    """The newest advisory with a package that a program imports; or else the newest, and no package."""
    for advisory in reversed(advisories):
        for package in advisory.packages:
            if package in imports:
                return advisory, package
    return advisories[-1], ""


def count(advisories: Sequence[Advisory]) -> str:
    return "a known vulnerability" if len(advisories) == 1 else f"{len(advisories)} known vulnerabilities"


def mended(advisories: Sequence[Advisory]) -> str:
    fixed = sum(bool(advisory.fixed) for advisory in advisories)
    if fixed < len(advisories):
        return f"{fixed} of them fixed"
    return "fixed" if fixed == 1 else "all fixed"


def names(first: Advisory, advisories: Sequence[Advisory]) -> str:
    """The telling one, then the newest of the others."""
    ids = [first.id, *(advisory.id for advisory in reversed(advisories) if advisory is not first)]
    rest = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def summary(advisory: Advisory) -> str:
    words = advisory.summary.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
