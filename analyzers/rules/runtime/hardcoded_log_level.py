from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.program import Program
from analyzers.model.programs.log_levels import find_fixed_levels
from analyzers.rule import Problem, rule

_LOUD = ("debug", "trace")


@rule
def check(program: Program) -> Iterator[Problem]:
    for found in find_fixed_levels(program.code):
        yield Problem(
            found.site.at,
            values={"library": found.library, "level": found.level},
            evidence=f"{found.library} {found.level}",
            case="loud" if found.level in _LOUD else "",
        )
