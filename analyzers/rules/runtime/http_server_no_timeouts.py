from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_field, add_import, field_value, keyed_lines, statement_lines
from analyzers.model.program import Program
from analyzers.model.programs.http_servers import (
    EndlessServer,
    ServeHelper,
    find_endless_helpers,
    find_endless_servers,
)
from analyzers.model.programs.inner_servers import is_inner, places_of
from analyzers.rule import Problem, rule

_FIELD = ("ReadHeaderTimeout", "5 * time.Second")


@rule
def check(program: Program) -> Iterator[Problem]:
    for server in find_endless_servers(program.code):
        yield Problem(
            server.site.at,
            values={"server": f"the server `{server.name}`" if server.name else "this server"},
            fix=_fix_literal(server),
            evidence=server.name or "http.Server",
            case="inner" if is_inner(program, places_of(program, server.site.path, server.name)) else "",
        )
    for helper in find_endless_helpers(program.code):
        yield Problem(
            helper.site.at,
            values={"server": f"http.{helper.site.node.method}"},
            fix=_fix_helper(helper),
            evidence=helper.site.node.method,
            case="inner" if is_inner(program, [helper.site.at]) else "helper",
        )


def _fix_literal(server: EndlessServer) -> Fix | None:
    edit, imported = add_field(server.site, *_FIELD), add_import(server.site, "time")
    return None if edit is None or imported is None else Fix((edit, *imported))


def _fix_helper(helper: ServeHelper) -> Fix | None:
    """A server of its own above the line, which then calls it."""
    site = helper.site
    parts, imported = statement_lines(site), add_import(site, "time")
    values = [(name, field_value(site.file, value)) for name, value in helper.fields]
    fields = [(name, value) for name, value in values if value is not None]
    if parts is None or imported is None or "server" in site.function.names or len(fields) < len(values):
        return None
    indent, before, after = parts
    literal = keyed_lines(f"{indent}\t", [*fields, _FIELD])
    call = f"server.{site.node.method}({', '.join(helper.arguments)})"
    lines = [f"{indent}server := &http.Server{{", *literal, f"{indent}}}", f"{indent}{before}{call}{after}"]
    return Fix((Edit(site.path, site.at.line, site.at.line, "\n".join(lines)), *imported))
