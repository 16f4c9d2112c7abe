"""The calls that register handlers, each as the routes it makes below every router it is made on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.dialects import DIALECTS, NET_HTTP, RPC, Dialect
from analyzers.model.programs.routing.gorilla import Chain, read_chain
from analyzers.model.programs.routing.paths import joined
from analyzers.model.programs.routing.places import DEFAULT_ROOT, Place
from analyzers.model.programs.routing.route_lists import read_list
from analyzers.model.programs.routing.routers import Routers
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.light import light_record

_MOST_CALLS = 5_000
_BLANK = re.compile(r"[ \t]+")
_DEFAULT_MUX = ("net/http.Handle", "net/http.HandleFunc")
_GORILLA_ENDS = ("Handler", "HandlerFunc", "Handle", "HandleFunc", "Methods", "Path", "PathPrefix", "Name")


@light_record
class Registration:
    """A handler below one router. `path` has the prefixes of groups in front, not yet those of mounts.

    `is_mount` where the handler sees paths without what stands in front of it.
    """

    site: Site[Call]
    place: Place
    method: str | None
    path: str | None
    handler: Site[Expression] | None
    is_prefix: bool = False
    is_mount: bool = False
    host: str = ""
    framework: str = ""
    """Where it is not the router's."""


def find_registrations(code: Code, routers: Routers) -> Iterator[Registration]:
    """All of them, in the order of the code."""
    for site in islice(code.calls(*_DEFAULT_MUX), _MOST_CALLS):
        yield from _of_each(routers, site, partial(_filled, routers, site, Place(NET_HTTP, "", DEFAULT_ROOT)))
    dialects = _spoken(code)
    methods = sorted({method for dialect in dialects for method in _methods(dialect)})
    for site in islice(code.methods(*methods), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is not None and _may_register(site):
            for place in _called(routers.at(site.of(receiver))):
                yield from _of_each(routers, site, partial(_filled, routers, site, place))
    for site, made in islice(routers.rpc_handlers.all(), _MOST_CALLS):
        place = Place(RPC, "", (site.path, site.node.expression.start))
        yield Registration(site, place, made.method, made.path, None, True, framework=made.framework)
    if any(dialect.name == "gorilla/mux" for dialect in dialects):
        yield from _chained(code, routers)


def _of_each(
    routers: Routers, site: Site[Call], register: Callable[[], Iterator[Registration]]
) -> Iterator[Registration]:
    """What a call registers; in a loop over a list that is written out, for each of its items."""
    found: dict[object, Registration] = {}
    for _ in routers.items.each(site):
        for each in register():
            handler = (routers.items.of(each.handler) if each.handler else None) or each.handler
            place = (handler.path, handler.node.start) if handler else None
            found[each.method, each.path, each.host, place] = replace(each, handler=handler)
    yield from found.values() if found else register()


def _called(places: Sequence[Place]) -> Sequence[Place]:
    """goa generates two functions that mount a service, of which programs call one."""
    rooted = [place for place in places if place.root is not None]
    return rooted if rooted and places[0].dialect.name == "goa" else places


def _spoken(code: Code) -> list[Dialect]:
    """The frameworks that the program imports."""
    imports = {
        unversioned(entry.path)
        for package in code.packages
        for file in package.files.values()
        for entry in file.imports
    }
    return [dialect for dialect in DIALECTS if dialect.package in imports]


def _methods(dialect: Dialect) -> list[str]:
    written = (
        dialect.named,
        dialect.files,
        dialect.single_files,
        dialect.mounts,
        dialect.others,
        dialect.lists,
    )
    uses = ["Use"] if dialect.name == "fiber" else []
    return [*dialect.verbs, *(name for names in written for name in names), *uses]


def _may_register(site: Site[Call]) -> bool:
    """It has a path or a handler among its arguments; `client.Get(key)` has neither."""
    arguments = site.node.arguments
    return len(arguments) > 1 or (len(arguments) == 1 and arguments[0].kind not in ("string", "number"))


def _filled(routers: Routers, site: Site[Call], place: Place) -> Iterator[Registration]:
    call, dialect = site.node, place.dialect
    method, arguments = call.method, call.arguments
    if place.is_path and method in dialect.verbs and arguments:
        yield Registration(site, place, dialect.verbs[method], place.prefix, site.of(arguments[-1]))
    elif method in dialect.verbs and len(arguments) > 1:
        for below in _verb(routers, site, place):
            yield below if below.method else replace(below, method=dialect.verbs[method])
    elif method in dialect.named and len(arguments) > 2:
        verbs = _verbs(routers, site.of(arguments[0]))
        for below in _below(routers, site, place, 1):
            yield from (replace(below, method=verb) for verb in verbs)
    elif method in dialect.others and arguments:
        yield Registration(site, place, "", joined(place.prefix, "/"), None, is_prefix=True)
    elif method in dialect.lists and arguments:
        yield from _listed(routers, site, place)
    elif dialect is NET_HTTP and len(arguments) == 1 and arguments[0].kind == "call":
        yield Registration(site, place, "", None, site.of(arguments[0]), is_prefix=True)
    elif arguments:
        yield from _hung(routers, site, place)


def _listed(routers: Routers, site: Site[Call], place: Place) -> Iterator[Registration]:
    for route in read_list(routers, site):
        method = routers.verb(route.method) if route.method else None
        yield Registration(site, place, method, joined(place.prefix, route.path), route.handler)


def _hung(routers: Routers, site: Site[Call], place: Place) -> Iterator[Registration]:
    """Files, and other routers, below a path."""
    dialect, method = place.dialect, site.node.method
    is_mount = method in (*dialect.mounts, "Use") and _is_mount(dialect, site.node.arguments)
    is_single = method in dialect.single_files
    if is_single or is_mount or method in dialect.files:
        for below in _below(routers, site, place, 0):
            if is_mount:
                yield replace(below, is_prefix=True, is_mount=True)
            else:
                yield replace(below, method="GET", handler=None, is_prefix=not is_single)


def _is_mount(dialect: Dialect, arguments: Sequence[Expression]) -> bool:
    return len(arguments) == 2 and (dialect.name != "fiber" or arguments[0].kind != "function")


def _below(
    routers: Routers, site: Site[Call], place: Place, index: int, handler: int = -1
) -> Iterator[Registration]:
    """With the path at one argument and the handler at another, the last."""
    arguments = site.node.arguments
    handled = site.of(arguments[handler]) if len(arguments) > index + 1 else None
    for path in routers.paths(site.of(arguments[index])):
        verb, rest = _verb_in(path.text) if place.dialect.takes_verbs else ("", path.text)
        text = rest if place.dialect is NET_HTTP else joined(place.prefix, rest)
        caller = path.caller
        own = routers.argument(caller, handled) if caller and handled else None
        yield Registration(caller or site, place, verb, text, own or handled)


def _verb_in(pattern: str | None) -> tuple[str, str | None]:
    """`GET /items` as net/http and chi split it: https://pkg.go.dev/net/http#hdr-Patterns-ServeMux"""
    found = _BLANK.search(pattern) if pattern is not None else None
    if pattern is None or found is None:
        return "", pattern
    return pattern[: found.start()], pattern[found.end() :]


def _verb(routers: Routers, site: Site[Call], place: Place) -> Iterator[Registration]:
    handler = 1 if place.dialect.name == "echo" else -1  # middleware follows the handler there
    if place.dialect.name == "gorilla/mux":
        return  # read with the whole chain
    for below in _below(routers, site, place, 0, handler):
        is_pattern = place.dialect is NET_HTTP and below.path is not None
        yield _pattern(below, below.path or "") if is_pattern else below


def _pattern(registration: Registration, pattern: str) -> Registration:
    """`example.com/items/{id}`: https://pkg.go.dev/net/http#hdr-Patterns-ServeMux"""
    host, slash, path = pattern.partition("/")
    is_prefix = not path or path.endswith(("/", "...}"))
    return replace(registration, path=f"{slash}{path}", is_prefix=is_prefix, host=host)


def _verbs(routers: Routers, site: Site[Expression]) -> Sequence[str | None]:
    """The HTTP methods that an argument names; None for one that cannot be known."""
    if site.node.kind == "composite":
        return [routers.verb(site.of(part)) for part in site.node.parts]
    return [routers.verb(site)]


def _chained(code: Code, routers: Routers) -> Iterator[Registration]:
    """gorilla/mux: the outermost call of each chain, which says all."""
    for site in islice(code.methods(*_GORILLA_ENDS), _MOST_CALLS):
        if not code.types.index(site.function).is_receiver(site.node.expression):
            chain = read_chain(site.of(site.node.expression))
            if chain is not None:
                yield from _of_each(routers, site, partial(_of_chain, routers, site, chain))


def _of_chain(routers: Routers, site: Site[Call], chain: Chain) -> Iterator[Registration]:
    links = chain.links
    plain = links.get("HandleFunc") or links.get("Handle") or ()
    fixed = links.get("Path") or plain[:1]
    handler = plain[1:] or links.get("HandlerFunc") or links.get("Handler")
    if not handler or "Subrouter" in links:
        return
    named = fixed or links.get("PathPrefix", ())
    path = routers.path(site.of(named[0])) if named else "/"
    verbs = tuple(routers.verb(site.of(verb)) for verb in links.get("Methods", ()))
    host = routers.host(site, links["Host"]) if links.get("Host") else ""
    for place in routers.at(chain.router):
        if place.dialect.name == "gorilla/mux":
            full, below = joined(place.prefix, path), site.of(handler[0])
            for verb in verbs or place.verbs or ("",):
                yield Registration(site, place, verb, full, below, is_prefix=not fixed, host=host)
