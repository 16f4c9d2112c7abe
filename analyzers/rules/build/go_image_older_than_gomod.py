from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from analyzers.finding import Edit, Fix, Location, Related
from analyzers.fixes.lines import unquoted
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.image import Image, ImageRef, Stage
from analyzers.model.images.build_arguments import may_be_given
from analyzers.model.module import Module
from analyzers.model.modules.builds import (
    loading_runs,
    loads_module,
    module_of,
    module_of_step,
    module_stages,
)
from analyzers.model.modules.go_environment import environment_in_job, environment_in_stage
from analyzers.model.modules.go_release import (
    enforces_go_line,
    is_floating,
    is_too_old,
    raise_image,
    release_asked,
    release_of,
)
from analyzers.model.pipeline import Job, Step
from analyzers.model.repository import Repository
from analyzers.model.services.building import make_calls
from analyzers.rule import Problem, Replacement, rule

_BUILDS_GO = re.compile(r"^\t.*\bgo (?:build|install)\b", re.M)


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        module = module_of(service, repository.modules)
        if service.image and module:
            for stage, command in _building(repository, service.image, module):
                yield from _judge_stage(repository, stage, command, module)
    for job in repository.jobs:
        yield from _judge_job(repository, job)


def _building(repository: Repository, image: Image, module: Module) -> Iterator[tuple[Stage, Command]]:
    """The stages that read the go.mod, with the first command that does: the go command, or make."""
    stages = module_stages(image, module)
    yield from ((stage, next(loading_runs(stage))[1]) for stage in stages)
    makefile = repository.text(posixpath.join(module.directory, "Makefile")) or ""
    if not _BUILDS_GO.search(makefile) or "GOTOOLCHAIN" in makefile:
        return
    for stage in image.used_stages:
        calls = (call for call in make_calls(stage, image.context) if call.directory == module.directory)
        if stage not in stages and (call := next(calls, None)):
            yield stage, call.command


def _judge_stage(repository: Repository, stage: Stage, first: Command, module: Module) -> Iterator[Problem]:
    base = stage.root.base.value if stage.root.base else None
    jobs = repository.jobs
    if base is None or may_be_given(repository.text_at(stage.root.base_at), jobs):
        return
    if environment_in_stage(stage, first).get("GOTOOLCHAIN", "local") == "local":
        yield from _judge_image(repository, base, stage.root.base_at, module)


def _judge_image(repository: Repository, base: ImageRef, at: Location, module: Module) -> Iterator[Problem]:
    release = release_of(base)
    asked = _unmet(module, release)
    if release and asked:
        raised = raise_image(base, asked.value or "")
        problem = _problem(at, f"`{base.text}`", "The official image sets", release, asked, module)
        written = repository.text_at(at)
        if raised and unquoted(written) == base.text:
            problem = replace(problem, replacements=(Replacement(at, written.replace(base.text, raised)),))
        yield problem


def _judge_job(repository: Repository, job: Job) -> Iterator[Problem]:
    for step in job.steps:
        module = module_of_step(job, step, repository.modules)
        first = next(filter(loads_module, step.commands), None)
        if module is None or first is None:
            continue
        toolchain = environment_in_job(job, first).get("GOTOOLCHAIN", "")
        if job.go_versions:
            yield from _judge_setup(repository, job, toolchain, module)
        elif job.image and job.image.value and toolchain in ("", "local"):
            yield from _judge_image(repository, job.image.value, job.image.at, module)
        return


def _judge_setup(
    repository: Repository, job: Job, toolchain: str | None, module: Module
) -> Iterator[Problem]:
    setups = [step for step in job.steps if step.uses == "actions/setup-go"]
    if len(setups) != 1 or toolchain is None:
        return
    is_strict = toolchain == "local" or (not toolchain and _is_strict(setups[0]))
    for version in job.go_versions:
        release = release_asked(version.value or "")
        asked = _unmet(module, release)
        if release and asked and (is_strict or not enforces_go_line(release)):
            problem = _problem(version.at, f"job `{job.name}`", "setup-go sets", release, asked, module)
            yield replace(problem, fix=_use_gomod(repository, version, module))


def _unmet(module: Module, release: str | None) -> Fact[str] | None:
    """The `go` line that a release is too old for."""
    asked = module.go
    return asked if release and asked and asked.value and is_too_old(release, asked.value) else None


def _problem(at: Location, what: str, cause: str, release: str, asked: Fact[str], module: Module) -> Problem:
    values = {"what": what, "cause": cause, "has": release, "wanted": asked.value, "partner": asked.at}
    return Problem(
        at,
        values=values,
        related=(Related(asked.at, f"asks for Go {asked.value} or newer"),),
        evidence=f"{what.split(':')[0]} {module.path}",
        case=_case(release, asked.value or "", module),
    )


def _case(release: str, wanted: str, module: Module) -> str:
    """What Go before 1.21 makes of the go.mod: it takes the line for advice, or cannot read it."""
    if enforces_go_line(release):
        return ""
    return "unaware" if is_floating(wanted) and not module.toolchain else "unreadable"


def _is_strict(setup: Step) -> bool:
    """setup-go forbids other toolchains from v6 on: https://github.com/actions/setup-go/pull/460."""
    major = setup.version.removeprefix("v").split(".")[0]
    return len(major) < 4 and major.isdigit() and int(major) >= 6


def _use_gomod(repository: Repository, version: Fact[str], module: Module) -> Fix | None:
    """Let setup-go read the go.mod, where the version stands in a line of its own."""
    text = repository.text(version.at.path) or ""
    line = text.split("\n")[version.at.line - 1]
    before, key, after = line.partition("go-version:")
    if not key or before.strip() or after.strip().strip("'\"") != version.value:
        return None
    number = version.at.line
    return Fix((Edit(version.at.path, number, number, f"{before}go-version-file: {module.path}"),))
