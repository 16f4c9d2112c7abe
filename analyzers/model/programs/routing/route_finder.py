"""The routes of a program: registrations with the prefixes of their mounts, and the servers they are on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.managers import find_manager_routes
from analyzers.model.programs.routing.built_in import find_built_in
from analyzers.model.programs.routing.dialects import RPC
from analyzers.model.programs.routing.handlers import Handlers
from analyzers.model.programs.routing.outside import is_handed_out
from analyzers.model.programs.routing.paths import joined
from analyzers.model.programs.routing.places import DEFAULT_ROOT, Root
from analyzers.model.programs.routing.registrations import Registration, find_registrations
from analyzers.model.programs.routing.routers import Routers
from analyzers.model.programs.routing.serving import ServedBy, find_served
from analyzers.model.programs.rpc_services import find_generated_routes
from analyzers.model.programs.values import Values
from analyzers.model.route import Route
from analyzers.parsers.light import light_record

_MOST_DEPTH = 5
_MOST_FRONTS = 8
_MOST_ROUTES = 5_000


@light_record
class Routing:
    """`are_known` where no request can be answered by anything but these routes."""

    routes: tuple[Route, ...]
    are_known: bool


def find_routes(code: Code, listens: Mapping[Location, ServedBy]) -> Routing:
    """Every route. `listens` says for each listen what call made it."""
    routers = Routers(code, Values(code))
    handlers = Handlers(code, routers)
    registrations = list(find_registrations(code, routers))
    mounts = _Mounts(registrations, handlers, find_served(handlers, listens))
    built_in = find_built_in(code, mounts.servers(DEFAULT_ROOT))
    found = [*mounts.routes(), *built_in, *find_manager_routes(code), *find_generated_routes(code)]
    routes = tuple(sorted(found[:_MOST_ROUTES], key=lambda route: (route.at, route.path or "")))
    are_known = (
        mounts.are_served
        and all(route.path is not None for route in routes)
        and not is_handed_out(code, routers, registrations)
    )
    return Routing(routes, are_known)


class _Mounts:
    """Which router hangs below which."""

    def __init__(
        self,
        registrations: Sequence[Registration],
        handlers: Handlers,
        served: Mapping[Location, Sequence[Root] | None],
    ) -> None:
        self._registrations = registrations
        self._handlers = handlers
        self._served = served

    @property
    def are_served(self) -> bool:
        """Every server's handler is a router that is known."""
        return all(roots is not None for roots in self._served.values())

    def routes(self) -> Iterator[Route]:
        for index, registration in enumerate(self._registrations):
            if index not in self._outer:
                yield from self._routes(registration)

    def servers(self, root: Root | None, depth: int = 0) -> tuple[Location, ...]:
        """The listens that serve a router, itself or below another."""
        if root is None or depth > _MOST_DEPTH:
            return ()
        own = [at for at, roots in self._served.items() if roots and root in roots]
        for outer, _ in self._inner.get(root, ()):
            own += self.servers(outer.place.root, depth + 1)
        return tuple(sorted(set(own)))

    def _routes(self, registration: Registration) -> Iterator[Route]:
        handler = registration.handler
        fronts = self._fronts(registration.place.root)
        for front in fronts:
            yield Route(
                at=registration.site.at,
                method=registration.method,
                path=joined(front, registration.path),
                framework=registration.framework or registration.place.dialect.name,
                handler=handler,
                function=self._handlers.function(handler) if handler else None,
                host=registration.host or registration.place.host,
                is_prefix=registration.is_prefix,
                servers=self.servers(registration.place.root),
            )

    def _fronts(self, root: Root | None, depth: int = 0) -> Sequence[str | None]:
        """What stands in front of all paths of a router, by where it is mounted."""
        if root is None or root not in self._inner:
            return [""]
        if depth > _MOST_DEPTH:
            return [None]
        found: dict[str | None, None] = {}
        for outer, front in self._inner[root]:
            for each in self._fronts(outer.place.root, depth + 1):
                found[joined(each, front) if each is not None else None] = None
        return list(found)[:_MOST_FRONTS]

    @cached_property
    def _links(self) -> Sequence[tuple[int, Registration, Root, str | None]]:
        found = []
        for index, registration in enumerate(self._registrations):
            handler = registration.handler
            for inner in self._handlers.routers(handler) if handler else ():
                if inner.place.root is not None and inner.place.root != registration.place.root:
                    is_cut = registration.is_mount and inner.place.dialect is not RPC
                    front = registration.path if is_cut else inner.stripped
                    found.append((index, registration, inner.place.root, front))
        return found

    @cached_property
    def _inner(self) -> Mapping[Root, Sequence[tuple[Registration, str | None]]]:
        """By the router that is mounted: where, and with what in front."""
        found: dict[Root, list[tuple[Registration, str | None]]] = defaultdict(list)
        for _, registration, root, front in self._links:
            found[root].append((registration, front))
        return found

    @cached_property
    def _outer(self) -> frozenset[int]:
        """Registrations that lead to other routers alone."""
        return frozenset(index for index, *_ in self._links)
