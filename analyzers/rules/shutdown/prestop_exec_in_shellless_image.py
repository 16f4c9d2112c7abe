from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.prestop import native_sleep
from analyzers.model.image import Stage
from analyzers.model.images.base_image import lacks_tool
from analyzers.model.service import Deployed, Service
from analyzers.model.services.exec_hooks import ExecHook, exec_hooks
from analyzers.rule import Problem, Replacement, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    if service.image is None:
        return
    stage = service.image.final
    for deployed in service.deployed:
        for hook in exec_hooks(deployed.container):
            if hook.tool and lacks_tool(stage, hook.tool):
                yield _problem(stage, deployed, hook)


def _problem(stage: Stage, deployed: Deployed, hook: ExecHook) -> Problem:
    base = stage.root
    seconds = deployed.container.prestop_seconds
    sleep = native_sleep(hook, seconds.value if seconds else None)
    return Problem(
        hook.at.start,
        values={"kind": hook.kind, "tool": hook.tool, "partner": base.base_at},
        related=(Related(base.base_at, "has no such program"),),
        replacements=(Replacement(hook.at, sleep),) if sleep else (),
        evidence=f"{deployed.workload.kind} {deployed.workload.name} {hook.kind}",
        case=_case(hook, bool(sleep)),
    )


def _case(hook: ExecHook, is_sleep: bool) -> str:
    if hook.kind != "preStop":
        return "probe"
    return "" if is_sleep else "command"
