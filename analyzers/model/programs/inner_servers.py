"""Servers that only the cluster asks: for metrics, for the answers to probes, for a profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import dirname

from analyzers.finding import Location
from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.route import Route
from analyzers.parsers.go.expression import dotted

_PROBES = (
    r"health|healthz|healthy|live|livez|liveness|alive|ready|readyz|readiness|startup|startupz|ping|version"
)
_INNER = re.compile(
    rf"/(?:-/|health/|healthz/|probes?/)?(?:metrics|{_PROBES})/?|/debug/(?:pprof|vars)(?:/.{{0,100}})?"
)
_METRICS = "github.com/prometheus/client_golang/prometheus/promhttp."


def is_inner(program: Program, served_at: Iterable[Location]) -> bool:
    """Whether all routes of the listens at some places are such, and the program's own work is elsewhere."""
    places = set(served_at)
    has_others = hides_listening(program.code) or any(listen.at not in places for listen in program.listens)
    routes = [route for route in program.routes if not places.isdisjoint(route.servers)]
    others = [route for route in routes if not _is_inner(route)]
    answers = {_handler(route) for route in routes if _is_inner(route)} - {""}
    # What answers to a probe says no more at the root.
    is_only = all(route.path == "/" and _handler(route) in answers for route in others)
    return has_others and len(others) < len(routes) and is_only


def places_of(program: Program, path: str, server: str) -> list[Location]:
    """Where the server in a variable or field is started, in the folder of a file."""
    return [
        serving.at
        for serving in program.servings
        if server and serving.receiver == server and dirname(serving.at.path) == dirname(path)
    ]


def _handler(route: Route) -> str:
    return dotted(route.handler.node) if route.handler else ""


def _is_inner(route: Route) -> bool:
    handler = route.handler.node if route.handler else None
    if handler is not None and handler.kind == "call" and handler.text.startswith(_METRICS):
        return True
    return route.path is not None and bool(_INNER.fullmatch(route.path[:200]))
