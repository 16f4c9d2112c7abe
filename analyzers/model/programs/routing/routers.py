"""Which router an expression is, and the prefix that its groups put in front of every path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.dialects import (
    DIALECTS,
    NET_HTTP,
    RPC,
    dialect_of_constructor,
    dialect_of_type,
)
from analyzers.model.programs.routing.gorilla import Chain, read_subrouter
from analyzers.model.programs.routing.path_reader import PathReader
from analyzers.model.programs.routing.paths import joined
from analyzers.model.programs.routing.places import DEFAULT_ROOT, Place
from analyzers.model.programs.routing.rpc_handlers import RpcHandlers
from analyzers.model.programs.types import is_type_alone
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Assignment, Call, Expression, Parameter
from analyzers.parsers.go.expression import unwrapped

_MOST_STEPS = 14
_MOST_PLACES = 12
_BLOCKS = sorted({name for dialect in DIALECTS for name in dialect.blocks})
_PASSING = frozenset(
    name
    for each in DIALECTS
    for names in (each.groups, each.same, each.blocks, each.chained, each.hosts, each.paths)
    for name in names
)
"""Methods that give a router back, or hand one to a function."""
_SERVING = ("ServeHTTP", "Handler")


class Routers(PathReader):
    """Finds routers in one program; what was found is kept."""

    def __init__(self, code: Code, values: Values) -> None:
        super().__init__(code, values)
        self.rpc_handlers = RpcHandlers(code, values)
        self._known: dict[tuple[int, int, int], Sequence[Place]] = {}

    def at(self, site: Site[Expression], steps: int = 0) -> Sequence[Place]:
        """Every router that an expression may be; none where it is no router."""
        expression = unwrapped(site.node)
        key = (id(site.function), expression.start, expression.end)
        if key not in self._known:
            self._known[key] = ()
            found = self._find(site.of(expression), steps) if steps < _MOST_STEPS else ()
            self._known[key] = list(dict.fromkeys(found))[:_MOST_PLACES]
        return self._known[key]

    def below(self, place: Place, path: Site[Expression] | None) -> Place:
        """The place with a further prefix."""
        text = self.path(path) if path else ""
        return replace(place, prefix=joined(place.prefix, text))

    def _find(self, site: Site[Expression], steps: int) -> Iterable[Place]:
        expression = site.node
        match expression.kind:
            case "call":
                return self._of_call(site, steps)
            case "name":
                return self._of_name(site, steps) or self._by_type(site, steps)
            case "selector":
                return self._of_selector(site, steps) or self._by_type(site, steps)
            case "composite":
                return self._made(site, expression.text) or self._embedded(site, steps)
            case "other" | "unary" if expression.parts:
                return self.at(site.of(expression.parts[0]), steps + 1)
        return ()

    def _made(self, site: Site[Expression], name: str) -> Sequence[Place]:
        """A router that is made here, by a literal or a constructor."""
        plain = unversioned(name)
        dialect = dialect_of_constructor(plain) or dialect_of_type(plain)
        return [Place(dialect, "", (site.path, site.node.start))] if dialect else ()

    def _of_call(self, site: Site[Expression], steps: int) -> Iterable[Place]:
        call = self._code.types.index(site.function).call(site.node)
        if call is None:
            return ()
        if call.callee == "new" and call.arguments:
            return self._made(site, self._code.types.of(site))
        if self.rpc_handlers.made(site.of(call)):
            return [Place(RPC, "", (site.path, site.node.start))]
        if call.package:
            return self._made(site, call.callee) or self._returned(site.of(call), steps)
        receiver = call.receiver
        if receiver is None:
            return self._returned(site.of(call), steps)
        chain = read_subrouter(site.of(call))
        if chain is not None:
            return [self._narrowed(place, site, chain) for place in self.at(chain.router, steps + 1)]
        return list(self._grouped(site.of(call), receiver, steps)) or self._returned(site.of(call), steps)

    def _narrowed(self, place: Place, site: Site[Expression], chain: Chain) -> Place:
        """What a subrouter of gorilla/mux is left of the router."""
        links = chain.links
        paths = links.get("PathPrefix") or links.get("Path")
        verbs = tuple(self.verb(site.of(each)) for each in links.get("Methods", ()))
        host = self.host(site, links["Host"]) if links.get("Host") else place.host
        return replace(
            self.below(place, site.of(paths[0]) if paths else None),
            host=host,
            verbs=verbs or place.verbs,
        )

    def _grouped(self, site: Site[Call], receiver: Expression, steps: int) -> Iterator[Place]:
        """`router.Group("/api")`, `router.With(…)`."""
        call = site.node
        method, arguments = call.method, call.arguments
        if method not in _PASSING:
            return
        for place in self.at(site.of(receiver), steps + 1):
            dialect = place.dialect
            if method in dialect.same or method in dialect.chained:
                yield place
            elif method in dialect.hosts and arguments:
                yield replace(place, host=self.host(site, arguments))
            elif method in dialect.paths and arguments:
                yield replace(self.below(place, site.of(arguments[0])), is_path=True)
            elif method in dialect.groups:
                yield self.below(place, site.of(arguments[0]) if arguments else None)
            elif method in dialect.blocks:
                yield self.below(place, site.of(arguments[0]) if len(arguments) > 1 else None)

    def _returned(self, site: Site[Call], steps: int) -> Iterable[Place]:
        """What the program's own function gives back."""
        function = self._code.function(site)
        if function is None:
            return ()
        values = [entry.values[0] for entry in function.node.returns if entry.values]
        return [place for value in values for place in self.at(function.of(value), steps + 1)]

    def _of_name(self, site: Site[Expression], steps: int) -> Sequence[Place]:
        name, place = site.node.text, site.node.start
        index = self._code.types.index(site.function)
        meaning = index.meaning(name, place)
        if isinstance(meaning, Parameter):
            literal = index.literal(name, place)
            if literal is not None and meaning in literal.parameters:
                taker = index.taker(literal)
                return self._handed(site.of(taker), steps) if taker else ()
            return self._of_parameter(site, meaning, steps)
        if meaning is not None:
            return self._assigned(site.of(meaning[0]), meaning[1], steps)
        return self._declared(site, name, steps)

    def _handed(self, site: Site[Call], steps: int) -> Sequence[Place]:
        """The router that `router.Route("/api", func(r chi.Router) {…})` hands over."""
        receiver = site.node.receiver
        if receiver is None or site.node.method not in _BLOCKS:
            return ()
        return list(self._grouped(site, receiver, steps))

    def _of_parameter(self, site: Site[Expression], parameter: Parameter, steps: int) -> Sequence[Place]:
        """What callers hand over, and what a block hands to a named function."""
        position = next((at for at, each in enumerate(site.function.parameters) if each is parameter), None)
        if position is None:
            return ()
        found: list[Place] = []
        for caller in self._code.callers(site):
            if position < len(caller.node.arguments):
                found += self.at(caller.of(caller.node.arguments[position]), steps + 1)
        for block in self._blocks.get(id(site.function), ()):
            found += self._handed(block, steps)
        return found

    @cached_property
    def _blocks(self) -> Mapping[int, Sequence[Site[Call]]]:
        """Calls that hand a router to a function of the program, by that function."""
        found: dict[int, list[Site[Call]]] = defaultdict(list)
        for site in self._code.methods(*_BLOCKS):
            arguments = site.node.arguments
            handed = self._code.types.value(site.of(arguments[-1])) if arguments else None
            if handed is not None:
                found[id(handed.function)].append(site)
        return found

    def _assigned(self, site: Site[Assignment], position: int, steps: int) -> Sequence[Place]:
        value = site.node.value_of(position)
        if value is None and len(site.node.values) == 1:
            several = site.node.values[0]
            value = several if position == self._router_among(site.of(several)) else None
        if value is None:
            return ()
        if is_type_alone(site):
            return self._made(site.of(value), self._code.types.written(site.of(value)))
        return self.at(site.of(value), steps + 1)

    def _router_among(self, site: Site[Expression]) -> int:
        """Which of a call's results is the router."""
        call = self._code.types.index(site.function).call(site.node)
        made = self.rpc_handlers.made(site.of(call)) if call else None
        return made.result if made else 0

    def assigned(self, site: Site[Expression]) -> Site[Expression] | None:
        """The one value that a local variable is given."""
        meaning = self._code.types.index(site.function).meaning(site.node.text, site.node.start)
        if meaning is None or isinstance(meaning, Parameter):
            return None
        value = meaning[0].value_of(meaning[1])
        return site.of(value) if value and not is_type_alone(site.of(meaning[0])) else None

    def _declared(self, site: Site[Expression], name: str, steps: int) -> Sequence[Place]:
        """A variable of the package: its first value, and what functions give it."""
        if name not in site.package.declarations:
            return ()
        path, declaration = site.package.declarations[name]
        home = site.package.initial.get(path)
        found: list[Place] = []
        if declaration.value is not None and home is not None:
            found += self.at(Site(site.package, path, home, declaration.value), steps + 1)
        for entry in self._code.assignments.get(name, ()):
            if entry.package is site.package and entry.node.operator == "=":
                found += self._given(entry, name, steps)
        return found

    def _given(self, entry: Site[Assignment], name: str, steps: int) -> Sequence[Place]:
        for position, target in enumerate(entry.node.targets):
            value = entry.node.value_of(position)
            if value is not None and target.text == name:
                return self.at(entry.of(value), steps + 1)
        return ()

    def _of_selector(self, site: Site[Expression], steps: int) -> Sequence[Place]:
        operand, name = site.node.parts[0], site.node.text
        types = self._code.types
        imported = types.imported(site, operand)
        if imported:
            return self._imported(site, imported, name, steps)
        if name in _SERVING or any(name in dialect.same for dialect in DIALECTS):
            inner = self.at(site.of(operand), steps + 1)
            if inner:
                return inner
        kind = types.of(site.of(operand))
        return self._of_field(kind, name, steps) if types.is_own(kind) else ()

    def _imported(self, site: Site[Expression], path: str, name: str, steps: int) -> Sequence[Place]:
        if path == NET_HTTP.package and name == "DefaultServeMux":
            return [Place(NET_HTTP, "", DEFAULT_ROOT)]
        package = self._code.by_path.get(path)
        if package is None:
            return ()
        return self._declared(Site(package, site.path, site.function, site.node), name, steps)

    def _of_field(self, kind: str, name: str, steps: int) -> Sequence[Place]:
        """What literals and assignments give a field of a struct."""
        found: list[Place] = []
        for literal in self._code.literals(kind, kind.rpartition(".")[2]):
            value = literal.node.expression.field(name)
            if value is not None and self._code.types.of(literal.of(literal.node.expression)) == kind:
                found += self.at(literal.of(value), steps + 1)
        for entry in self._code.assignments.get(name, ()):
            for position, target in enumerate(entry.node.targets):
                value = entry.node.value_of(position)
                is_field = target.kind == "selector" and target.text == name and value is not None
                if is_field and value and self._code.types.of(entry.of(target.parts[0])) == kind:
                    found += self.at(entry.of(value), steps + 1)
        return found

    def _by_type(self, site: Site[Expression], steps: int) -> Sequence[Place]:
        """A router by its type alone, whose prefix is not known; or a struct that embeds one."""
        kind = self._code.types.of(site)
        dialect = dialect_of_type(unversioned(kind))
        return [Place(dialect, None)] if dialect else self._embedded(site, steps)

    def _embedded(self, site: Site[Expression], steps: int) -> Sequence[Place]:
        kind = self._code.types.of(site)
        path, _, base = kind.rpartition(".")
        package = self._code.by_path.get(path)
        struct = package.structs.get(base) if package else None
        for field in struct.fields if struct else ():
            plain = field.type.lstrip("*")
            dialect = dialect_of_type(unversioned(plain))
            if dialect and field.is_embedded:
                return self._of_field(kind, field.name, steps) or [Place(dialect, None)]
        return ()
