from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Location, Related
from analyzers.fixes.manifest_fields import add_first
from analyzers.model.service import Deployed
from analyzers.model.services.crowds import crowd_of
from analyzers.model.services.pod_ports import probed_number, shown
from analyzers.model.workload import Container, Probe
from analyzers.parsers.light import light_value
from analyzers.rule import Problem, Replacement, rule

SLOWER = 2
"""The fix gives liveness this many times the patience of readiness."""
LEAST = 3
"""The default: two failures are borne."""


@light_value
class Pair:
    """Two probes of one endpoint, with the seconds each goes on asking before it acts."""

    container: Container
    liveness: Probe
    readiness: Probe
    liveness_budget: int
    readiness_budget: int


@rule
def check(deployed: Deployed) -> Iterator[Problem]:
    pair = _pair(deployed.container)
    if pair is None:
        return
    if pair.liveness.failure_threshold == 1:
        yield _problem(pair, "once")
    elif pair.liveness_budget < pair.readiness_budget:
        yield _problem(pair, "")
    elif pair.liveness_budget == pair.readiness_budget and _has_company(deployed):
        yield _problem(pair, "equal")


def _has_company(deployed: Deployed) -> bool:
    """Other copies can take what this one is spared; a single one serves nobody in either case."""
    crowd = crowd_of(deployed)
    return crowd is not None and crowd.pods > 1


def _pair(container: Container) -> Pair | None:
    liveness, readiness = container.liveness, container.readiness
    if not liveness or not readiness or not _ask_the_same(liveness, readiness, container):
        return None
    budgets = _budget(liveness), _budget(readiness)
    return Pair(container, liveness, readiness, *budgets) if all(budgets) else None


def _ask_the_same(one: Probe, other: Probe, container: Container) -> bool:
    """A port that does not even open belongs to a process that has to start anew: `tcp` is left alone."""
    if one.kind != other.kind or one.kind not in ("http", "grpc") or not one.port or not other.port:
        return False
    ports = [probed_number(probe, container) or (probe.port and probe.port.value) for probe in (one, other)]
    asked = [(probe.path, probe.service, probe.scheme) for probe in (one, other)]
    is_known = ports[0] is not None and (one.kind == "grpc" or one.path is not None)
    return is_known and ports[0] == ports[1] and asked[0] == asked[1]


def _budget(probe: Probe) -> int:
    """Seconds from the first failure to the last that is borne; 0 where unknown."""
    return max(0, (probe.period or 0) * (probe.failure_threshold or 0))


def _problem(pair: Pair, case: str) -> Problem:
    asked_for = -(-SLOWER * pair.readiness_budget // (pair.liveness.period or 1))
    threshold = max(asked_for, LEAST)
    written = pair.liveness.places.get("failureThreshold")
    is_own = written is not None and _holds(pair.liveness, written)
    return Problem(
        pair.liveness.at.start,
        values={
            "container": shown(pair.container.name),
            "liveness": pair.liveness_budget,
            "readiness": pair.readiness_budget,
            "partner": pair.readiness.at,
            "threshold": threshold,
        },
        related=(Related(pair.readiness.at.start, f"gives up after {pair.readiness_budget} s"),),
        fix=None if written else _added(pair.liveness, threshold),
        replacements=(Replacement(written, str(threshold)),) if written and is_own else (),
        evidence=f"{pair.container.name} liveness",
        case=case,
    )


def _added(liveness: Probe, threshold: int) -> Fix | None:
    if liveness.whole is None or not _holds(liveness, liveness.whole):
        return None
    edit = add_first(liveness.whole, liveness.at, f"failureThreshold: {threshold}")
    return Fix((edit,)) if edit else None


def _holds(probe: Probe, part: Location) -> bool:
    """What an anchor brings stands elsewhere, and may serve another probe too."""
    return part.path == probe.at.path and probe.at.line <= part.line <= probe.at.span.end_line
