from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.model.program import Program
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    """One finding for each call that serves, at the first thing it keeps from running."""
    seen: set[Location] = set()
    for at, serving, name in sorted(_too_late(program)):
        if serving not in seen:
            seen.add(serving)
            yield Problem(
                at,
                values={"call": name, "partner": serving},
                related=(Related(serving, "serves until the server is stopped"),),
                evidence=f"late {name}",
            )


def _too_late(program: Program) -> Iterator[tuple[Location, Location, str]]:
    endings = [handling for handling in program.signals if handling.is_about_ending]
    in_time = [handling for handling in endings if not handling.blocked_by]
    if program.has_signal_library or any(handling.asks_for_termination for handling in in_time):
        yield from () if _can_be_stopped(program) else _stops(program)
        return
    for handling in endings:
        if handling.blocked_by:
            name = "signal.Notify" if handling.kind == "channel" else "signal.NotifyContext"
            yield handling.at, handling.blocked_by, name
    if not in_time and not _can_be_stopped(program):
        yield from _stops(program)


def _can_be_stopped(program: Program) -> bool:
    """Something else stops a server, and control then goes on behind it."""
    blocking = [stop.blocked_by for stop in program.shutdowns] + [
        stop.blocked_by for stop in program.hard_stops
    ]
    return None in blocking


def _stops(program: Program) -> Iterator[tuple[Location, Location, str]]:
    for shutdown in program.shutdowns:
        if shutdown.blocked_by and not shutdown.is_deferred and shutdown.server != "?":
            call = program.code.call_at(shutdown.at)
            yield shutdown.at, shutdown.blocked_by, call.node.method if call else "Shutdown"
