from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analyzers.finding import Related
from analyzers.fixes.go_deadline import add_deadline
from analyzers.model.program import Program, Shutdown
from analyzers.model.programs.servings import GRPC_SERVER
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    """One finding for a function, at the first of its calls."""
    judged = [shutdown for shutdown in program.shutdowns if _is_judged(shutdown)]
    for case, wanted in (("", _is_endless), ("ended", _has_ended)):
        for shutdowns in _by_function(program, filter(wanted, judged)):
            yield _problem(program, shutdowns, case)


def _is_judged(shutdown: Shutdown) -> bool:
    """It runs, and somebody waits for it: for the others this is not yet what goes wrong."""
    runs = not shutdown.blocked_by and not shutdown.waits_in_vain and shutdown.is_awaited is not False
    return runs and shutdown.server not in (GRPC_SERVER, "?")


def _is_endless(shutdown: Shutdown) -> bool:
    return shutdown.seconds == 0 and not shutdown.context_has_ended


def _has_ended(shutdown: Shutdown) -> bool:
    return shutdown.context_has_ended


def _by_function(program: Program, shutdowns: Iterable[Shutdown]) -> Iterable[Sequence[Shutdown]]:
    groups: dict[tuple[str, int], list[Shutdown]] = defaultdict(list)
    for shutdown in shutdowns:
        site = program.code.call_at(shutdown.at)
        groups[shutdown.at.path, site.function.start if site else -1].append(shutdown)
    return groups.values()


def _problem(program: Program, shutdowns: Sequence[Shutdown], case: str) -> Problem:
    first, *others = shutdowns
    sites = [site for shutdown in shutdowns if (site := program.code.call_at(shutdown.at))]
    return Problem(
        first.at,
        values={"call": f"{first.receiver or 'the server'}.{sites[0].node.method if sites else 'Shutdown'}"},
        related=tuple(Related(other.at, "waits in the same way") for other in others),
        fix=add_deadline(sites) if sites else None,
        evidence=f"{first.receiver} without deadline",
        case=case,
    )
