"""What calls that register handlers say: paths, HTTP methods, hosts."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.paths import Path
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.file import Placed

_MOST_CALLERS = 200
_MOST_HOST = 100


class PathReader:
    """Reads the arguments of calls in one program."""

    def __init__(self, code: Code, values: Values) -> None:
        self._code = code
        self._values = values
        self.items = values.items

    def path(self, site: Site[Expression]) -> str | None:
        return self._values.constant(site)

    def paths(self, site: Site[Expression]) -> Sequence[Path]:
        """What a path is; one for each caller where the function around it takes the path from them."""
        text = self.path(site)
        if text is None and self._is_changed(site):
            return [Path(None)]
        callers = self._code.callers(site) if text is None and site.node.kind == "name" else ()
        if not 0 < len(callers) <= _MOST_CALLERS:
            return [Path(text)]
        given = ((caller, self.argument(caller, site)) for caller in callers)
        return [Path(self.path(own), caller) if own else Path(None) for caller, own in given]

    def _is_changed(self, site: Site[Expression]) -> bool:
        """A parameter that its function gives another value."""
        name = site.node.text if site.node.kind == "name" else ""
        return any(target.text == name for each in site.function.assignments for target in each.targets)

    def argument(self, caller: Site[Call], site: Site[Expression]) -> Site[Expression] | None:
        """What a caller hands over for a parameter of the function around a place."""
        meaning = self._code.types.index(site.function).meaning(site.node.text, site.node.start)
        parameters = site.function.parameters
        position = next((at for at, each in enumerate(parameters) if each is meaning), None)
        if position is None or position >= len(caller.node.arguments):
            return None
        return caller.of(caller.node.arguments[position])

    def host(self, site: Site[Placed], arguments: Sequence[Expression]) -> str:
        """The host that a call names; where it cannot be known, its expression."""
        return self.path(site.of(arguments[0])) or site.file.text(arguments[0])[:_MOST_HOST]

    def verb(self, site: Site[Expression]) -> str | None:
        """The HTTP method that an argument names."""
        return self.path(site)
