from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_field, add_import, lines_of
from analyzers.model.program import Program
from analyzers.model.programs.http_clients import (
    HttpClient,
    SharedClientCall,
    find_endless_clients,
    find_shared_client_calls,
)
from analyzers.model.programs.lasting import is_lasting
from analyzers.rule import Problem, rule

_FIELD = ("Timeout", "10 * time.Second")


@rule
def check(program: Program) -> Iterator[Problem]:
    if not is_lasting(program):
        return
    for client in find_endless_clients(program.code):
        yield Problem(
            client.site.at,
            values={"client": f"the HTTP client `{client.name}`" if client.name else "this HTTP client"},
            fix=_fix_client(client),
            evidence=f"{client.site.function.name} {client.name or 'http.Client'}",
        )
    for call in find_shared_client_calls(program.code):
        if not call.may_be_bounded and not call.is_local:
            name = call.site.file.text(call.site.node.function)
            yield Problem(
                call.site.at,
                values={"call": name},
                fix=_fix_call(call),
                evidence=f"{call.site.function.name} {name}",
                case="shared",
            )


def _fix_client(client: HttpClient) -> Fix | None:
    edit, imported = add_field(client.site, *_FIELD), add_import(client.site, "time")
    return None if edit is None or imported is None else Fix((edit, *imported))


def _fix_call(call: SharedClientCall) -> Fix | None:
    """A client of its own in the place of `http`; both share the connections of the default transport."""
    site, imported = call.site, add_import(call.site, "time")
    function = site.locate(site.node.function).span
    if imported is None or not site.node.package or function.line != function.end_line:
        return None
    line = lines_of(site.file)[function.line - 1]
    name = site.file.text(site.node.function.parts[0])
    client = f"(&{name}.Client{{{': '.join(_FIELD)}}}).{site.node.method}"
    text = line[: function.column - 1] + client + line[function.end_column - 1 :]
    return Fix((Edit(site.path, function.line, function.line, text), *imported))
