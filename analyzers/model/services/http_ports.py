"""The ports on which a container's program speaks HTTP, with the routes behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from analyzers.model.image import Image
from analyzers.model.program import Listen, Program
from analyzers.model.route import Route
from analyzers.model.services.served_ports import Served, served_listens
from analyzers.model.workload import Container
from analyzers.parsers.light import light_record

_HEALTH = re.compile(
    r"(?:^|[/_-])(?:health(?:z|[_-]?check)?|live(?:z|ness)?|alive|ready(?:z)?|readiness|ping(?:z)?|statusz?|up)/?$",
    re.I,
)
_READY = re.compile("ready|readiness", re.I)
_LIVE = re.compile("live", re.I)
_WILD = frozenset(":*{}")


@light_record
class HttpPort:
    """`routes` are all that may answer there, those whose server is not known among them."""

    number: int
    listens: tuple[Listen, ...]
    routes: tuple[Route, ...]

    def answers(self, path: str) -> bool:
        return any(route.answers(path) for route in self.routes)

    @property
    def health_routes(self) -> Sequence[Route]:
        """Those of its own routes that look made for probes, each path once."""
        found = {route.path: route for route in self.routes if _is_for_probes(route)}
        return list(found.values())

    def nearest(self, path: str) -> Route | None:
        """The route for probes that is written most like a path."""
        return max(
            self.health_routes,
            key=lambda route: (SequenceMatcher(None, path, route.path or "").ratio(), route.path),
            default=None,
        )

    @property
    def readiness_route(self) -> Route | None:
        """What a readiness probe would ask: the route of that name, else the first not for liveness."""
        ready = [route for route in self.health_routes if _READY.search(route.path or "")]
        other = [route for route in self.health_routes if not _LIVE.search(route.path or "")]
        return next(iter([*ready, *other]), None)


def http_ports(program: Program, container: Container, image: Image | None) -> tuple[HttpPort, ...]:
    """Every port of an HTTP server; none where the program may listen out of sight."""
    if not program.listens_are_known:
        return ()
    return tuple(_ports(program, served_listens(program, container, image)))


def _ports(program: Program, served: Sequence[Served]) -> Iterator[HttpPort]:
    numbers = {each.port for each in served}
    for number in sorted(number for number in numbers if number is not None):
        listens = tuple(each.listen for each in served if each.port == number)
        if None not in numbers and all(listen.protocol == "http" for listen in listens):
            places = {listen.at for listen in listens}
            routes = (route for route in program.routes if not route.servers or places & {*route.servers})
            yield HttpPort(number, listens, tuple(routes))


def _is_for_probes(route: Route) -> bool:
    path = route.path or ""
    is_plain = not route.is_prefix and not route.host and not _WILD & {*path}
    return is_plain and bool(_HEALTH.search(path)) and route.answers(path)


def find_handling(
    program: Program, container: Container, image: Image | None, number: int | None, path: str
) -> Route | None:
    """The one route that is registered for exactly a path, on a port where that can be told."""
    at = {
        served.listen.at
        for served in served_listens(program, container, image)
        if number is not None and served.port == number
    }
    plain = path.partition("?")[0].rstrip("/") or "/"
    found = [
        route
        for route in program.routes
        if route.path and (route.path.rstrip("/") or "/") == plain and route.answers(path)
    ]
    on_port = [route for route in found if at & {*route.servers}] or found
    return on_port[0] if len({route.handler and route.handler.at for route in on_port}) == 1 else None
