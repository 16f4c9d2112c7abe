from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.program import Listen, Program
from analyzers.model.programs.lasting import is_tool
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    served = [listen for listen in program.listens if not listen.is_local]
    if served and not program.handles_signals and not is_tool(program):
        yield Problem(
            _place(program, served),
            values={"program": program.directory or program.name},
            evidence=f"{program.directory} handles no signal",
        )


def _place(program: Program, served: list[Listen]) -> Location:
    """The first call that serves in the main package, or else `main` itself."""
    own = (listen.at for listen in served if posixpath.dirname(listen.at.path) == program.directory)
    return next(own, program.at)
