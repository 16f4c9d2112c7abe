from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.services.pod_ports import named_probes, shown
from analyzers.model.workload import Container, Probe, Workload
from analyzers.rule import Problem, Replacement, rule

DEFAULTS: Mapping[str, int] = {
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "timeoutSeconds": 1,
    "failureThreshold": 3,
    "successThreshold": 1,
}
"""What Kubernetes takes where nothing is written."""


@rule
def check(workload: Workload) -> Iterator[Problem]:
    for container in (*workload.containers, *workload.init_containers):
        for name, probe in named_probes(container):
            yield from _of_numbers(container, name, probe)
            if len(probe.handlers) > 1:
                yield Problem(
                    probe.at.start,
                    values={
                        "probe": name,
                        "container": shown(container.name),
                        "handlers": " and ".join(f"`{handler}`" for handler in probe.handlers),
                    },
                    evidence=f"{container.name} {name} handlers",
                    case="handlers",
                )


def _of_numbers(container: Container, name: str, probe: Probe) -> Iterator[Problem]:
    for field, default in DEFAULTS.items():
        value = probe.numbers.get(field, 0)
        is_repeated = field == "successThreshold" and name != "readiness" and value > 1
        if value < 0 or is_repeated:
            at = probe.places[field]
            yield Problem(
                at,
                values={"probe": name, "container": shown(container.name), "field": field, "value": value},
                replacements=(Replacement(at, str(default)),),
                evidence=f"{container.name} {name} {field}",
                case="" if is_repeated else "negative",
            )
