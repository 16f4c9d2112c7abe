from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.shell_exec import exec_in_file
from analyzers.model.repository import Repository
from analyzers.model.services.shell_starts import find_shell_starts
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for start in find_shell_starts(repository.images, repository.services, repository.scripts):
        if not start.text and start.lost:
            source = repository.text(start.script.path)
            yield Problem(
                start.lost.at,
                values={"program": start.program, "partner": start.at},
                related=(Related(start.at, "starts this script as process 1"),),
                fix=exec_in_file(start.lost, source) if source else None,
                evidence=f"last {' '.join(start.lost.words)}",
            )
