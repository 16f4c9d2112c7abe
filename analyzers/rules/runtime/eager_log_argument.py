from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.java.application import LogCall
from analyzers.model.java.log_calls import is_costly
from analyzers.model.programs.eager_logs import find_eager_logs
from analyzers.model.programs.lasting import is_lasting
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for program in repository.programs:
        for log in find_eager_logs(program.code) if is_lasting(program) else ():
            yield Problem(
                log.site.at,
                values={"call": log.written, "place": _place(in_request=not log.in_loop)},
                evidence=f"{log.site.function.name} {log.message.file.text(log.message.node)}",
            )
    for application in repository.java_applications:
        for call in application.log_calls:
            if (call.in_handler or call.in_loop) and not call.in_condition and is_costly(call):
                yield _of_java(call)


def _of_java(call: LogCall) -> Problem:
    return Problem(
        call.at,
        values={"call": f"log.{call.level}", "place": _place(in_request=call.in_handler)},
        case="java" if call.level in ("trace", "debug") else "wanted",
    )


def _place(*, in_request: bool) -> str:
    return "every request" if in_request else "every round of a loop"
