"""The shells that the steps of a CI job run in, and where its checkouts lie."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from analyzers.model.builds.interpolation import interpolate
from analyzers.model.builds.places import in_repository, inside
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.module import Module
from analyzers.model.pipeline import Job, Step

_CHECKOUT = "actions/checkout"
_ITSELF = "github.repository"
_GITHUB = "github.com/"


def job_shells(
    job: Job, row: Mapping[str, str], names: Collection[str], matters: Callable[[Step], bool] | None = None
) -> Iterator[tuple[Step, ShellState]]:
    """Each step that matters with its shell, in one of the combinations of the job.

    On GitLab all steps share one shell, and matter. `names` are the repository's own: `repository_names`.
    """
    checkouts = tuple(_checkouts(job, row, names))
    shell = None
    for step in job.steps:
        if matters and job.system == "github" and not matters(step):
            continue
        if shell is None or job.system == "github":
            shell = ShellState(_directory(step, checkouts), job_lookup(job, step, row), checkouts=checkouts)
        yield step, shell


def repository_names(modules: Iterable[Module]) -> frozenset[str]:
    """What the repository is called on GitHub, `owner/name`, as the names of its modules tell."""
    inner = (module.name.removeprefix(_GITHUB) for module in modules if module.name.startswith(_GITHUB))
    return frozenset("/".join(name.split("/")[:2]).lower() for name in inner)


def _checkouts(job: Job, row: Mapping[str, str], names: Collection[str]) -> Iterator[str]:
    """The folders into which the job checks its own repository out."""
    for step in job.steps:
        folder = step.written.get("path", "") if step.uses == _CHECKOUT else ""
        if folder:
            lookup = job_lookup(job, step, row)
            of = step.written.get("repository", "")
            if not of or _ITSELF in of or interpolate(of, lookup).lower() in names:
                yield posixpath.normpath(interpolate(folder, lookup))


def _directory(step: Step, checkouts: Collection[str]) -> str | None:
    written = step.directory.value or "$" if step.directory else ""
    return in_repository(inside("", written), checkouts)
