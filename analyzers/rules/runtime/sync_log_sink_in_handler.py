from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.programs.lasting import is_lasting
from analyzers.model.programs.log_sinks import LogSink, find_slow_sinks
from analyzers.model.programs.request_logs import RequestLog, find_request_logs
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    lines = list(find_request_logs(program.code)) if is_lasting(program) else []
    for sink in find_slow_sinks(program.code) if lines else ():
        line = next((line for line in lines if _writes_to(line, sink)), None)
        if line is not None:
            yield Problem(
                sink.site.at,
                values={"sink": sink.kind, "partner": line.at},
                related=(Related(line.at, "a request waits for this line"),),
                evidence=f"{sink.site.function.receiver}.{sink.site.function.name} {sink.kind}",
            )


def _writes_to(line: RequestLog, sink: LogSink) -> bool:
    """The process's logger, or a logger that a variable holds: of the sink's library, or of its name."""
    if line.package:
        return line.package == sink.package
    if sink.package:
        return sink.package != "log"
    return bool(sink.name) and line.logger.rpartition(".")[2] == sink.name
