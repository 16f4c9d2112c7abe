"""Where a repository sets the go command's own variables for good: in Dockerfiles and in CI.

What is set for one command alone (`GOPROXY=direct go install ...`) is left out: that is a choice for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.image import Image, Stage
from analyzers.model.modules.builds import loads_module
from analyzers.model.modules.go_environment import NAMES
from analyzers.model.pipeline import Job
from analyzers.parsers.light import light_value

_EXPORTING = {"export": 1, "echo": 1, "go": 3}
"""The commands that set variables, and at which word the settings begin."""


@light_value
class GoSetting:
    """A variable with its known value. `at` is the value, or `NAME=value` where that is one text.

    `beside` is what else is set for the same commands, unknown values included.
    """

    name: str
    value: str
    at: Location
    where: str
    beside: Mapping[str, str | None]
    stage: Stage | None = None

    @property
    def patterns(self) -> tuple[str, ...]:
        """The value as a list of patterns or servers."""
        return tuple(part.strip() for part in self.value.replace("|", ",").split(",") if part.strip())


def find_go_settings(images: Iterable[Image], jobs: Iterable[Job]) -> tuple[GoSetting, ...]:
    """Each setting once, whichever stages and jobs inherit it."""
    found: dict[tuple[Location, str], GoSetting] = {}
    for setting in (*_in_images(images), *_in_jobs(jobs)):
        found.setdefault((setting.at, setting.name), setting)
    return tuple(found.values())


def needs_no_network(setting: GoSetting) -> bool:
    """The go command is told to build from the vendor folder alone."""
    return "-mod=vendor" in (setting.beside.get("GOFLAGS") or "")


def downloads_before(setting: GoSetting) -> bool:
    """The stage fetches modules by itself, or is handed a module cache."""
    if setting.stage is None:
        return False
    runs, copies = setting.stage.runs, setting.stage.copies
    commands = (command for run in runs for command in run.commands)
    fetches = any(loads_module(command) and command.words[1] == "mod" for command in commands)
    return fetches or any(run.mounts for run in runs) or any(_is_cache(copy.target) for copy in copies)


def _is_cache(target: str) -> bool:
    return "pkg/mod" in target or "GOMODCACHE" in target


def _in_images(images: Iterable[Image]) -> Iterator[GoSetting]:
    for image in images:
        for stage in image.stages:
            facts = {**stage.args, **stage.env}
            commands = [command for run in stage.runs for command in run.commands]
            yield from _settings(facts, commands, "the image build", stage)


def _in_jobs(jobs: Iterable[Job]) -> Iterator[GoSetting]:
    for job in jobs:
        where = f"job `{job.name}`"
        yield from _settings(job.env, job.commands, where)
        for step in job.steps:
            if not NAMES.isdisjoint(step.env):
                yield from _settings({**job.env, **step.env}, (), where)


def _settings(
    facts: Mapping[str, Fact[str]], commands: Iterable[Command], where: str, stage: Stage | None = None
) -> Iterator[GoSetting]:
    written = [*_variables(facts), *(item for command in commands for item in _exported(command))]
    beside = {name: fact.value for name, fact in written}
    for name, fact in written:
        if fact.value:
            yield GoSetting(name, fact.value, fact.at, where, beside, stage)


def _variables(facts: Mapping[str, Fact[str]]) -> Iterator[tuple[str, Fact[str]]]:
    return ((name, facts[name]) for name in sorted(NAMES.intersection(facts)))


def _exported(command: Command) -> Iterator[tuple[str, Fact[str]]]:
    """`export NAME=value`, `go env -w NAME=value`, `echo NAME=value >> $GITHUB_ENV`."""
    if command.name not in _EXPORTING:
        return
    is_setting = (
        command.name == "export"
        or command.words[:3] == ("go", "env", "-w")
        or (command.name == "echo" and any("GITHUB_ENV" in file for file in command.writes))
    )
    if not is_setting:
        return
    for index in range(_EXPORTING[command.name], len(command.words)):
        name, equals, value = command.words[index].partition("=")
        if equals and name in NAMES:
            is_known = index not in command.varying and "$" not in value
            yield name, Fact(value if is_known else None, command.word_at(index))
    for name, value in command.assignments.items():
        if name in NAMES and command.name == "export":
            yield name, Fact(None if "$" in value or "`" in value else value, command.at)
