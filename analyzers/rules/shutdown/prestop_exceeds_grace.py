from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.grace_period import add_grace_period
from analyzers.model.workload import DEFAULT_GRACE, Container, Workload
from analyzers.rule import Problem, Replacement, rule


@rule
def check(workload: Workload) -> Iterator[Problem]:
    grace = workload.grace_seconds
    if grace is None:
        return
    for container in workload.containers:
        hook = container.prestop_seconds
        if hook and hook.value is not None and hook.value >= grace:
            yield _problem(workload, container, hook.value, grace)


def _problem(workload: Workload, container: Container, sleep: int, grace: int) -> Problem:
    written, hook = workload.grace_period, container.prestop_seconds
    needed = sleep + DEFAULT_GRACE
    return Problem(
        hook.at.start if hook else container.at,
        values={"sleep": sleep, "grace": grace, "needed": needed},
        related=(Related(written.at, f"allows {grace} s"),) if written else (),
        fix=add_grace_period(workload, container, needed),
        replacements=(Replacement(written.at, str(needed)),) if written else (),
        evidence=f"{workload.kind} {workload.name} {container.name}",
        case=_case(container, sleep > grace, is_default=written is None),
    )


def _case(container: Container, is_longer: bool, *, is_default: bool) -> str:
    """Kubernetes refuses a `sleep` action that is longer than the grace period."""
    if is_longer and container.prestop_command is None:
        return "refused"
    return "default" if is_default else ""
