"""What variables and expressions are worth inside a CI job."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.builds.interpolation import Lookup
from analyzers.model.builds.places import ROOT
from analyzers.model.pipeline import Job, Step

# https://docs.github.com/en/actions/reference/variables-reference
# https://docs.gitlab.com/ci/variables/predefined_variables/
_ROOTS = frozenset({"GITHUB_WORKSPACE", "CI_PROJECT_DIR", "github.workspace"})


def job_lookup(job: Job, step: Step, row: Mapping[str, str]) -> Lookup:
    """The lookup of one step, in one of the combinations its job runs in."""

    def lookup(name: str) -> str | None:
        if name in _ROOTS:
            return ROOT
        if name in row:
            return row[name]
        name = name.removeprefix("env.")
        for scope in (step.env, job.env):
            if name in scope:
                return scope[name].value
        return None

    return lookup
