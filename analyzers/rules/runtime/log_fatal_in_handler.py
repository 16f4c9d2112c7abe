from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.program import Program
from analyzers.model.programs.request_exits import find_request_exits
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for site in find_request_exits(program.code) if program.serves_others else ():
        function = site.function
        yield Problem(
            site.at,
            values={"call": site.file.text(site.node.function)},
            evidence=f"{function.receiver}.{function.name} {site.file.text(site.node)}",
        )
