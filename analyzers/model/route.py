"""A path or a gRPC service that a program answers to."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Expression, Function
from analyzers.parsers.light import light_value

_WILD = (":", "*", "{", "+")
_REST = ("*", "+", "{*")


@light_value
class Route:
    """A handler that is registered for a path. Place is that of the call.

    `path` is the whole pattern with the prefixes of all groups around it, as the framework writes it
    (`/api/users/:id`); None where a part of it cannot be known. `method` is empty for any, None where it
    cannot be known. `is_prefix` where it answers to all below the path, too.
    """

    at: Location
    method: str | None
    path: str | None
    framework: str
    handler: Site[Expression] | None = None
    function: Site[Function] | None = None
    """The program's own function or method that handles it, where that can be told."""
    host: str = ""
    is_prefix: bool = False
    servers: tuple[Location, ...] = ()
    """The listens (`Listen.at`) whose server has it; none where that cannot be told."""

    def answers(self, path: str, method: str = "GET") -> bool:
        """Whether it may answer a request: the benefit of the doubt is the route's."""
        if self.path is None:
            return True
        if self.method and method not in (self.method, "HEAD" if self.method == "GET" else ""):
            return False
        return _matches(self.path, path.partition("?")[0], self.is_prefix)


@light_value
class RpcService:
    """A gRPC service that is registered with a server: `Health`, `Reflection`, `Greeter`."""

    at: Location
    name: str
    callee: str
    """The registering function, qualified."""

    @property
    def is_health(self) -> bool:
        """https://github.com/grpc/grpc/blob/master/doc/health-checking.md"""
        return "health" in self.callee.lower() and self.name == "Health"


def _matches(pattern: str, path: str, is_prefix: bool) -> bool:
    """Segment by segment; parameters match any, letters in either case, a last slash does not count."""
    wanted = [part for part in pattern.lower().split("/") if part]
    given = [part for part in path.lower().split("/") if part]
    for index, part in enumerate(wanted):
        if part == "{$}":
            return index == len(given)
        if part.startswith(_REST) or part.endswith("...}"):
            return True
        if index >= len(given):
            return part.endswith("?")
        if not part.startswith(_WILD) and not any(sign in part for sign in ":*{") and part != given[index]:
            return False
    return is_prefix or len(given) <= len(wanted)
