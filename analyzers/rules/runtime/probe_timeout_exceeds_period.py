from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.services.pod_ports import named_probes, shown
from analyzers.model.workload import Workload
from analyzers.rule import Problem, Replacement, rule


@rule
def check(workload: Workload) -> Iterator[Problem]:
    for container in (*workload.containers, *workload.init_containers):
        for name, probe in named_probes(container):
            at = probe.places.get("timeoutSeconds") if name != "startup" else None
            if at and probe.timeout and probe.period and probe.timeout > probe.period > 0:
                yield Problem(
                    at,
                    values={
                        "probe": name,
                        "container": shown(container.name),
                        "timeout": probe.timeout,
                        "period": probe.period,
                    },
                    replacements=(Replacement(at, str(probe.period)),),
                    evidence=f"{container.name} {name} timeoutSeconds",
                    case="" if "periodSeconds" in probe.places else "default",
                )
