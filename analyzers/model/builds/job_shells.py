"""The shells that the steps of a CI job run in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.builds.places import inside
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.pipeline import Job, Step


def job_shells(job: Job, row: Mapping[str, str]) -> Iterator[tuple[Step, ShellState]]:
    """Each step with its shell, in one of the combinations of the job. On GitLab all steps share one."""
    shell = None
    for step in job.steps:
        if shell is None or job.system == "github":
            shell = ShellState(_directory(step), job_lookup(job, step, row))
        yield step, shell


def _directory(step: Step) -> str | None:
    return inside("", step.directory.value or "$") if step.directory else ""
