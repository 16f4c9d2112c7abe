from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from analyzers.model.builds.package_installs import (
    LooseInstall,
    brings,
    latest_tool_of,
    lock_file_in,
    loose_install_of,
    project_folder,
)
from analyzers.model.builds.places import inside
from analyzers.model.builds.purposes import is_aside
from analyzers.model.command import Command
from analyzers.model.image import Image, Stage
from analyzers.model.modules.builds import lineage
from analyzers.model.pipeline import Job, Step
from analyzers.model.pipelines.updating import changes_files_on_purpose
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed
from analyzers.rule import Problem, Replacement, rule

_NEWEST = ("govulncheck@", "osv-scanner@", "golang.org/dl/")
"""What looks for known vulnerabilities is meant to be the newest; what fetches a Go names it elsewhere."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        for stage in image.used_stages:
            if not is_aside(stage.name):
                yield from _judge_stage(repository, image, stage)
    for job in repository.jobs:
        problems = tuple(_judge_job(repository, job))
        if problems and not changes_files_on_purpose(job):
            yield from problems


def _judge_stage(repository: Repository, image: Image, stage: Stage) -> Iterator[Problem]:
    around = [copy for each in list(lineage(stage))[1:] for copy in each.copies]
    for run in stage.runs:
        copies = [*around, *(copy for copy in stage.copies if copy.index < run.index)]
        for command in run.commands:
            yield from _judge_tool(repository, command, "the image build", "tool")
            install = loose_install_of(command)
            folder = project_folder(image, copies, repository.sources.tree) if install else None
            if install is None or folder is None or (install.manager == "pnpm" and "CI" in run.env):
                continue
            lock = lock_file_in(folder, install.manager, repository.sources.tree)
            case = "no-lock" if not lock else "" if brings(image, copies, lock) else "uncopied"
            yield _problem(repository, install, "the image build", folder, lock, case)


def _judge_job(repository: Repository, job: Job) -> Iterator[Problem]:
    for step in job.steps:
        folder = _folder_of(job, step)
        for command in step.commands:
            where = f"job `{job.name}`"
            yield from _judge_tool(repository, command, where, "tool-of-ci")
            install = loose_install_of(command)
            if install and folder is not None and _may_drift(repository, install, folder):
                lock = lock_file_in(folder, install.manager, repository.sources.tree)
                yield _problem(repository, install, where, folder, lock, "" if lock else "no-lock")


def _folder_of(job: Job, step: Step) -> str | None:
    """The folder that the commands of a step run in; None where they move about."""
    commands = job.commands if job.system == "gitlab" else step.commands
    if any(command.name in ("cd", "pushd") for command in commands):
        return None
    if step.directory is None:
        return ""
    return inside("", step.directory.value) if step.directory.value else None


def _may_drift(repository: Repository, install: LooseInstall, folder: str) -> bool:
    """A project that ships. pnpm, and yarn from version 2 on, keep to the lock file where `CI` is set."""
    is_strict = install.manager == "pnpm" or (install.manager == "yarn" and _is_modern(repository, folder))
    project = posixpath.join(folder, "package.json")
    return not is_strict and project in repository.sources.tree and is_deployed(project)


def _is_modern(repository: Repository, folder: str) -> bool:
    paths = (".yarnrc.yml", posixpath.join(folder, ".yarnrc.yml"))
    return any(path in repository.sources.tree for path in paths)


def _problem(
    repository: Repository, install: LooseInstall, where: str, folder: str, lock: str, case: str
) -> Problem:
    command = install.command
    flag = "--immutable" if _is_modern(repository, folder) else "--frozen-lockfile"
    wanted = "npm ci" if install.manager == "npm" else f"{install.manager} install {flag}"
    verb = install.verb or 0
    text = "ci" if install.manager == "npm" else f"install {flag}" if verb else f"yarn install {flag}"
    return Problem(
        command.at,
        values={
            "where": where,
            "command": " ".join(command.words),
            "lock": lock or posixpath.join(folder, "package.json"),
            "wanted": wanted,
        },
        replacements=(Replacement(command.word_at(verb), text),) if not case else (),
        evidence=f"{install.manager} {folder}",
        case=case,
    )


def _judge_tool(repository: Repository, command: Command, where: str, case: str) -> Iterator[Problem]:
    index = latest_tool_of(command)
    if index is None or any(name in command.words[index] for name in _NEWEST):
        return
    package = command.words[index].removesuffix("@latest")
    versions = _required_versions(repository, package)
    fix = (Replacement(command.word_at(index), f"{package}@{versions[0]}"),) if len(versions) == 1 else ()
    yield Problem(
        command.word_at(index),
        values={"where": where, "command": f"go install {package}@latest", "package": package},
        replacements=fix,
        evidence=package,
        case=case,
    )


def _required_versions(repository: Repository, package: str) -> Sequence[str]:
    """The versions in which modules of the repository require the one that a package is of."""
    found = {
        requirement.version
        for module in repository.modules
        for requirement in module.requirements
        if not requirement.replaced_by and f"{package}/".startswith(f"{requirement.path}/")
    }
    return sorted(found)
