"""The go command's settings where it runs: variables of the image or job, `go env -w`, `export`.

A setting that is there but cannot be known has the value None. https://pkg.go.dev/cmd/go#hdr-Environment_variables
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.image import Run, Stage
from analyzers.model.pipeline import Job

GoEnvironment = Mapping[str, str | None]

NAMES = frozenset(
    (
        *("GO111MODULE", "GOFLAGS", "GOINSECURE", "GONOPROXY", "GONOSUMDB", "GOPRIVATE", "GOPROXY"),
        *("GOSUMDB", "GOTOOLCHAIN"),
    )
)
_SETTING = re.compile(r"(\w{1,100})=(.*)", re.S)


def environment_in_stage(stage: Stage, at: Command) -> GoEnvironment:
    """What is set when a command of a RUN of the stage runs."""
    written: dict[str, str | None] = {}
    for run in _runs(stage):
        exported: dict[str, str | None] = {}
        for command in run.commands:
            if command is at:
                return {**written, **_known(run.env), **exported, **_chosen(command.assignments.items())}
            written.update(_written(command))
            exported.update(_exported(command))
    return {}


def environment_in_job(job: Job, at: Command) -> GoEnvironment:
    """What is set when a command of the job runs."""
    written: dict[str, str | None] = {}
    handed_on: dict[str, str | None] = {}
    for step in job.steps:
        exported: dict[str, str | None] = {}
        for command in step.commands:
            if command is at:
                around = {**_known(job.env), **handed_on, **_known(step.env)}
                return {**written, **around, **exported, **_chosen(command.assignments.items())}
            written.update(_written(command))
            exported.update(_exported(command))
            handed_on.update(_handed_on(command))
        if job.system == "gitlab":
            handed_on.update(exported)
    return {}


def _runs(stage: Stage) -> Iterator[Run]:
    if stage.parent:
        yield from _runs(stage.parent)
    yield from stage.runs


def _known(facts: Mapping[str, Fact[str]]) -> dict[str, str | None]:
    return {name: facts[name].value for name in NAMES if name in facts}


def _written(command: Command) -> dict[str, str | None]:
    """`go env -w NAME=value`."""
    return _settings(command, 3) if command.words[:3] == ("go", "env", "-w") else {}


def _exported(command: Command) -> dict[str, str | None]:
    """`export NAME=value`, or an assignment that stands alone."""
    if command.name == "export":
        return _settings(command, 1) | _chosen(command.assignments.items())
    return {} if command.words else _chosen(command.assignments.items())


def _handed_on(command: Command) -> dict[str, str | None]:
    """`echo NAME=value >> $GITHUB_ENV`."""
    return _settings(command, 1) if any("GITHUB_ENV" in file for file in command.writes) else {}


def _settings(command: Command, start: int) -> dict[str, str | None]:
    pairs = (_SETTING.fullmatch(word) for word in command.words[start:])
    return _chosen((pair[1], pair[2]) for pair in pairs if pair)


def _chosen(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    return {name: None if "$" in value or "`" in value else value for name, value in pairs if name in NAMES}
