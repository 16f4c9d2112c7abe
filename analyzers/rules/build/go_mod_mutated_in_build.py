from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.command import Command
from analyzers.model.image import Image, Run, Stage
from analyzers.model.module import Module
from analyzers.model.modules.builds import lineage, module_of, module_of_step, module_stages
from analyzers.model.modules.go_settings import find_go_settings
from analyzers.model.modules.mutations import Mutation, builds, mutation_of
from analyzers.model.pipeline import Job
from analyzers.model.pipelines.updating import changes_files_on_purpose, looks_at_changes
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule

_READ_ONLY = "-mod=readonly"


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        module = module_of(service, repository.modules)
        if module and service.image:
            yield from _judge_image(service.image, module)
    jobs = repository.jobs
    for job in jobs:
        problems = tuple(_judge_job(job, repository.modules)) if job.is_complete else ()
        if problems and not changes_files_on_purpose(job):
            yield from problems
    yield from _judge_settings(repository, jobs)


def _judge_image(image: Image, module: Module) -> Iterator[Problem]:
    for stage in module_stages(image, module):
        commands = [(run, command) for run in stage.runs for command in run.commands]
        if any(command.words[:3] == ("go", "mod", "init") for _, command in commands):
            continue
        for run, command in commands:
            found = mutation_of(command)
            is_ours = found and _has_module(stage, run)
            if found and is_ours and not looks_at_changes(run.commands):
                yield _problem(found, "the image build", module)


def _has_module(stage: Stage, run: Run) -> bool:
    """Something was copied in before; what a tool's own folder holds is not ours."""
    if any(copy.from_ == "" and copy.index < run.index for copy in stage.copies) or run.mounts:
        return True
    return any(not copy.from_ for each in list(lineage(stage))[1:] for copy in each.copies)


def _judge_job(job: Job, modules: Sequence[Module]) -> Iterator[Problem]:
    for step in job.steps:
        mutations = [found for command in step.commands if (found := mutation_of(command))]
        module = module_of_step(job, step, modules) if mutations else None
        for found in mutations if module else ():
            if module and _matters(found, job.commands):
                yield _problem(found, f"job `{job.name}`", module)


def _matters(found: Mutation, commands: Sequence[Command]) -> bool:
    """The job goes on to build, and nothing asks whether the file was changed."""
    start = next(index for index, command in enumerate(commands) if command is found.command)
    later = commands[start + 1 :]
    return (found.kind == "flag" or any(map(builds, later))) and not looks_at_changes(later)


def _problem(found: Mutation, where: str, module: Module) -> Problem:
    command = found.command
    wanted = {"tidy": "download", "flag": _READ_ONLY}.get(found.kind)
    is_plain = found.kind == "flag" or command.words == ("go", "mod", "tidy")
    edits = (
        [Replacement(command.word_at(index), wanted) for index in found.words] if wanted and is_plain else []
    )
    return Problem(
        command.at,
        values={"where": where, "what": found.text, "module": module.path},
        replacements=tuple(edits),
        evidence=f"{module.path} {found.text}",
        case=found.kind,
    )


def _judge_settings(repository: Repository, jobs: Sequence[Job]) -> Iterator[Problem]:
    """`GOFLAGS=-mod=mod`, for every command there is."""
    if not repository.modules:
        return
    kept = [job for job in jobs if not changes_files_on_purpose(job) and not looks_at_changes(job.commands)]
    for setting in find_go_settings(repository.images, kept):
        if setting.name == "GOFLAGS" and "-mod=mod" in setting.value.split():
            written = repository.text_at(setting.at)
            edit = Replacement(setting.at, written.replace("-mod=mod", _READ_ONLY))
            yield Problem(
                setting.at,
                values={"where": setting.where, "what": "GOFLAGS=-mod=mod", "module": "go.mod"},
                replacements=(edit,) if written.count("-mod=mod") == 1 else (),
                evidence=f"{setting.where} GOFLAGS",
                case="flag",
            )
