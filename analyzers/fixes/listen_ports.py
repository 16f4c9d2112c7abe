"""Go source in which a port that is written out becomes the default of a variable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_imports
from analyzers.fixes.lines import replace_at
from analyzers.model.modules.go_release import is_too_old
from analyzers.model.program import Listen, Program
from analyzers.model.programs.http_literals import HTTP_SERVER
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Expression

_ADDRESS = re.compile(r"(?P<host>[\w.]*:)(?P<port>\d{1,5})")
_FIRST = "1.22"
"""cmp.Or came with it: https://go.dev/doc/go1.22#cmppkgcmp"""


def port_from_environment(program: Program, listen: Listen) -> Fix | None:
    """PORT decides, the port that is written stays the default; None where the text is not plain to see."""
    go = program.module.go.value if program.module.go else None
    written = [site for site in _texts(program, listen) if _is_address(site.node, listen)]
    if go is None or is_too_old(go, _FIRST) or len(written) != 1:
        return None
    site, at = written[0], written[0].at
    imported = add_imports(site, "cmp", "os")
    found = _ADDRESS.fullmatch(site.node.text)
    if found is None or imported is None or {"cmp", "os"} & _own_names(site):
        return None
    plus = "+" if _is_tight(site) else " + "
    value = f'"{found["host"]}"{plus}cmp.Or(os.Getenv("PORT"), "{found["port"]}")'
    edit: Edit = replace_at(site.file.source.decode(errors="replace"), at, value)
    return Fix((edit, *imported))


def _texts(program: Program, listen: Listen) -> Iterator[Site[Expression]]:
    """The texts in the call that listens, or else in the addresses of servers."""
    inside = [
        site.of(part)
        for site in program.code.calls_at(listen.at)
        for part in site.node.expression.walk()
        if part.kind == "string"
    ]
    if any(_is_address(site.node, listen) for site in inside):
        yield from inside
        return
    for literal in program.code.literals(HTTP_SERVER):
        written = literal.node.expression.field("Addr")
        if written is not None and written.kind == "string":
            yield literal.of(written)


def _is_address(text: Expression, listen: Listen) -> bool:
    found = _ADDRESS.fullmatch(text.text)
    return found is not None and int(found["port"]) == listen.port


def _is_tight(site: Site[Expression]) -> bool:
    """gofmt writes sums without spaces among the arguments of a call that has several."""
    around = [
        call for call in site.function.calls if call.start < site.node.start and site.node.end < call.end
    ]
    innermost = max(around, key=lambda call: call.start, default=None)
    in_literal = any(
        literal.start < site.node.start and site.node.end < literal.end and literal.start > call.start
        for literal in site.function.literals
        for call in (innermost,)
        if call is not None
    )
    if innermost is None or in_literal:
        return False
    same = [call for call in around if call.scope.callable is innermost.scope.callable]
    return any(len(call.arguments) > 1 for call in same)


def _own_names(site: Site[Expression]) -> set[str]:
    """What the package and the function call their own things, which would hide an import."""
    assigned = {target.text for entry in site.function.assignments for target in entry.targets}
    return (
        assigned | {parameter.name for parameter in site.function.parameters} | set(site.package.declarations)
    )
