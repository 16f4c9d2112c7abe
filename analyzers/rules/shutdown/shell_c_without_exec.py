from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.shell_exec import exec_in_text
from analyzers.model.repository import Repository
from analyzers.model.services.shell_starts import find_shell_starts
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for start in find_shell_starts(repository.images, repository.services, repository.scripts):
        if start.text and start.lost:
            source = repository.text(start.at.path)
            yield Problem(
                start.at,
                values={"program": start.program, "shell": start.shell},
                fix=exec_in_text(start.text, start.at, source) if source else None,
                evidence=f"{start.shell} -c {start.program}",
            )
