from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Fix, Location, Related
from analyzers.fixes.lines import insert_before
from analyzers.model.command import Command
from analyzers.model.image import Run, Stage
from analyzers.model.module import Module, Requirement
from analyzers.model.modules.builds import (
    loading_runs,
    loads_module,
    module_of,
    module_of_step,
    module_stages,
)
from analyzers.model.modules.go_environment import GoEnvironment, environment_in_job, environment_in_stage
from analyzers.model.modules.privacy import fetched_path, goes_public, host_of, is_internal, is_private
from analyzers.model.pipeline import Job
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        module = module_of(service, repository.modules)
        if service.image and module and not module.has_vendor:
            for stage in module_stages(service.image, module):
                yield from _judge_stage(stage, module)
    for job in repository.jobs:
        if job.system == "github" and _is_known(job):
            yield from _judge_job(repository, job)


def _judge_stage(stage: Stage, module: Module) -> Iterator[Problem]:
    run, first = next(loading_runs(stage))
    environment = environment_in_stage(stage, first)
    exposed = _exposed(module, environment)
    if exposed and _sets_nothing_for_go(stage):
        fix = _set_goprivate(run, environment, exposed)
        yield _problem(first, "the image build", f"stage {stage.name or stage.index}", module, exposed, fix)


def _judge_job(repository: Repository, job: Job) -> Iterator[Problem]:
    for step in job.steps:
        module = module_of_step(job, step, repository.modules)
        first = next(filter(loads_module, step.commands), None)
        if first and module and not module.has_vendor:
            if exposed := _exposed(module, environment_in_job(job, first)):
                yield _problem(first, f"job `{job.name}`", f"job {job.name}", module, exposed, None)
            return


def _exposed(module: Module, environment: GoEnvironment) -> Sequence[Requirement]:
    return [
        requirement
        for requirement in module.requirements
        if not requirement.is_local
        and is_private(fetched := fetched_path(requirement))
        and goes_public(fetched, environment)
    ]


def _problem(
    command: Command, who: str, where: str, module: Module, exposed: Sequence[Requirement], fix: Fix | None
) -> Problem:
    first = exposed[0]
    home = host_of(module.name)
    is_certain = any(is_internal(name) or host_of(name) == home for name in map(fetched_path, exposed))
    return Problem(
        command.at,
        values={
            "who": who,
            "module": fetched_path(first),
            "partner": _place(first),
            "patterns": ",".join(_hosts(exposed)),
        },
        related=tuple(Related(_place(requirement), "a private module") for requirement in exposed[:3]),
        fix=fix,
        evidence=f"{where} {' '.join(_hosts(exposed))}",
        case="" if is_certain else "likely",
    )


def _place(requirement: Requirement) -> Location:
    return (requirement.replaced_by and requirement.version_at) or requirement.at


def _hosts(exposed: Sequence[Requirement]) -> Sequence[str]:
    return sorted({host_of(fetched_path(requirement)) for requirement in exposed})


def _sets_nothing_for_go(stage: Stage) -> bool:
    """The base is one of Docker's own images: any other may bring a GOPRIVATE of its own."""
    base = stage.root.base.value if stage.root.base else None
    return base is not None and "/" not in base.repository


def _set_goprivate(run: Run, environment: GoEnvironment, exposed: Sequence[Requirement]) -> Fix | None:
    """One more line before the RUN, which names the whole host: nothing on it is public."""
    if environment.get("GONOPROXY") or environment.get("GONOSUMDB"):
        return None
    patterns = filter(None, (environment.get("GOPRIVATE"), *_hosts(exposed)))
    return Fix((insert_before(run.at, f"ENV GOPRIVATE={','.join(patterns)}"),))


def _is_known(job: Job) -> bool:
    """No runner or action of one's own, nor one for private modules, may have set GOPRIVATE."""
    if not job.is_complete or any("self-hosted" in label or "$" in label for label in job.runs_on):
        return False
    return not any(step.uses.startswith("./") or "private" in step.uses for step in job.steps)
