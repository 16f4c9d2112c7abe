"""Time zones that a program asks for by name: their rules are files of the system, or in the binary.

https://pkg.go.dev/time#LoadLocation and https://pkg.go.dev/time/tzdata
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.program import Program
from analyzers.model.programs.package import Site
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call
from analyzers.parsers.light import light_value

_WITHOUT_FILES = frozenset({"", "UTC", "Local"})
EMBEDDED = "time/tzdata"


@light_value
class NamedZone:
    site: Site[Call]
    name: str


def find_named_zones(program: Program) -> Iterator[NamedZone]:
    """Calls of `time.LoadLocation` with a name that is known; not where a fixed offset stands ready."""
    values = Values(program.code)
    for site in program.calls("time.LoadLocation"):
        name = values.constant(site.of(site.node.arguments[0])) if site.node.arguments else None
        has_other = any(call.callee == "time.FixedZone" for call in site.function.calls)
        if name is not None and name not in _WITHOUT_FILES and not has_other:
            yield NamedZone(site, name)
