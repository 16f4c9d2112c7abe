"""What stands behind a handler: a router, maybe wrapped, or a function of the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.paths import joined
from analyzers.model.programs.routing.places import Place
from analyzers.model.programs.routing.routers import Routers
from analyzers.model.programs.types import is_type_alone
from analyzers.parsers.go import Call, Expression, Function, Parameter
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_record

_STRIPS = "net/http.StripPrefix"
_SERVING = ("ServeHTTP", "Handle", "Handler")
_MOST_STEPS = 8
_MOST_INNER = 100


@light_record
class Inner:
    """A router behind a handler. `stripped` is what is cut from paths before it sees them."""

    place: Place
    stripped: str | None = ""


class Handlers:
    """Looks behind handlers of one program."""

    def __init__(self, code: Code, routers: Routers) -> None:
        self._code = code
        self._routers = routers
        self._known: dict[tuple[int, int, int], Sequence[Inner]] = {}

    def routers(self, site: Site[Expression], steps: int = 0) -> Sequence[Inner]:
        """The routers that a handler leads to, through what wraps them; each is looked behind once."""
        if steps > _MOST_STEPS:
            return ()
        key = (id(site.function), site.node.start, site.node.end)
        if key not in self._known:
            self._known[key] = ()
            self._known[key] = list(dict.fromkeys(self._behind(site, steps)))[:_MOST_INNER]
        return self._known[key]

    def _behind(self, site: Site[Expression], steps: int) -> Sequence[Inner]:
        expression = unwrapped(site.node)
        places = self._routers.at(site.of(expression))
        if places:
            return [Inner(place) for place in places]
        match expression.kind:
            case "call":
                return self._of_call(site.of(expression), steps)
            case "name":
                return self._of_name(site.of(expression), steps) or self._of_type(site, steps)
            case "selector" if expression.text in _SERVING:
                return self.routers(site.of(expression.parts[0]), steps + 1)
            case "selector" | "composite":
                return self._of_type(site, steps)
        return ()

    def function(self, site: Site[Expression], steps: int = 0) -> Site[Function] | None:
        """The program's own function or method that a handler runs, or that makes the handler."""
        expression = unwrapped(site.node)
        if steps > _MOST_STEPS:
            return None
        if expression.kind != "call":
            kind = self._code.types.of(site.of(expression))
            return self._code.types.value(site.of(expression)) or self._code.types.method(kind, "ServeHTTP")
        call = self._call(site.of(expression))
        own = self._code.function(site.of(call)) if call else None
        inner = (self.function(site.of(each), steps + 1) for each in reversed(expression.arguments))
        return next((found for found in inner if found), None) or own

    def _call(self, site: Site[Expression]) -> Call | None:
        return self._code.types.index(site.function).call(site.node)

    def _of_call(self, site: Site[Expression], steps: int) -> Sequence[Inner]:
        """`http.StripPrefix("/api", router)`, `cors(router)`, `newHandler()`."""
        expression = site.node
        if expression.text == _STRIPS and len(expression.arguments) == 2:
            prefix = self._routers.path(site.of(expression.arguments[0]))
            inner = self.routers(site.of(expression.arguments[1]), steps + 1)
            return [Inner(each.place, joined(each.stripped, prefix)) for each in inner]
        call = self._call(site)
        function = self._code.function(site.of(call)) if call else None
        found = list(self._returned(function, steps)) if function else []
        if not found:
            found = [
                inner for each in expression.arguments for inner in self.routers(site.of(each), steps + 1)
            ]
        return found

    def _returned(self, function: Site[Function], steps: int) -> Iterator[Inner]:
        for entry in function.node.returns:
            if entry.values:
                yield from self.routers(function.of(entry.values[0]), steps + 1)

    def _of_name(self, site: Site[Expression], steps: int) -> Sequence[Inner]:
        meaning = self._code.types.index(site.function).meaning(site.node.text, site.node.start)
        if meaning is None or isinstance(meaning, Parameter):
            return self._of_parameter(site, steps)
        assignment, position = meaning
        value = assignment.value_of(position)
        if value is None and position == 0 and len(assignment.values) == 1:
            value = assignment.values[0]
        if value is None or is_type_alone(site.of(assignment)):
            return ()
        return self.routers(site.of(value), steps + 1)

    def _of_parameter(self, site: Site[Expression], steps: int) -> Sequence[Inner]:
        names = [parameter.name for parameter in site.function.parameters]
        if site.node.text not in names:
            return ()
        position = names.index(site.node.text)
        return [
            inner
            for caller in self._code.callers(site)
            if position < len(caller.node.arguments)
            for inner in self.routers(caller.of(caller.node.arguments[position]), steps + 1)
        ]

    def _of_type(self, site: Site[Expression], steps: int) -> Sequence[Inner]:
        """An own type whose ServeHTTP hands requests on."""
        serving = self._code.types.method(self._code.types.of(site), "ServeHTTP")
        if serving is None:
            return ()
        return [
            inner
            for call in serving.node.calls
            if call.method == "ServeHTTP" and call.receiver is not None
            for inner in self.routers(serving.of(call.receiver), steps + 1)
        ]
