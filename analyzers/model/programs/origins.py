"""Where a Go value comes from: the type or constructor behind a name, as far as names alone tell."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Expression
from analyzers.parsers.go.expression import dotted, unwrapped

_MOST_STEPS = 6


def find_origin(code: Code, site: Site[Expression], steps: int = 0) -> str:
    """`net/http.Server` for a literal or a typed name, `github.com/gin-gonic/gin.Default` for a call.

    Pointers are left out. Empty where it cannot be told.
    """
    expression = unwrapped(site.node)
    if steps > _MOST_STEPS:
        return ""
    if expression.kind == "composite":
        return expression.text
    if expression.kind == "call":
        return _of_call(code, site.of(expression), steps)
    if expression.kind == "name":
        return _of_name(code, site.of(expression), steps)
    if expression.kind == "selector":
        return _of_field(code, expression.text)
    return ""


def is_own(code: Code, origin: str) -> bool:
    """Whether it is a type of the program itself, whose methods are there to read."""
    package, _, name = origin.rpartition(".")
    return bool(name) and (not package or package in code.by_path)


def embeds(code: Code, origin: str, embedded: str) -> bool:
    """Whether an own struct type embeds another type, and so has its methods."""
    name = origin.rpartition(".")[2]
    fields = code.fields.get(embedded.rpartition(".")[2], ())
    return any(struct == name and field.type.lstrip("*") == embedded for struct, field in fields)


def _of_call(code: Code, site: Site[Expression], steps: int) -> str:
    """The constructor, or what an own function gives back."""
    expression = site.node
    if expression.text == "new" and expression.arguments:
        return _imported_type(site, expression.arguments[0])
    call = next(
        (
            entry
            for entry in site.function.calls
            if entry.end == site.node.end and entry.start == site.node.start
        ),
        None,
    )
    function = code.function(site.of(call)) if call else None
    if function is None:
        return expression.text if call and call.package else ""
    for entry in function.node.returns:
        if entry.values and not entry.values[0].is_nil:
            return find_origin(code, function.of(entry.values[0]), steps + 1)
    return ""


def _imported_type(site: Site[Expression], kind: Expression) -> str:
    package, _, name = dotted(kind).rpartition(".")
    path = next((entry.path for entry in site.file.imports if entry.name == package), "")
    return f"{path}.{name}" if path else name


def _of_name(code: Code, site: Site[Expression], steps: int) -> str:
    name = site.node.text
    for assignment in reversed(site.function.assignments):
        if assignment.start < site.node.start or not site.function.name:
            for index, target in enumerate(assignment.targets):
                if target.kind == "name" and target.text == name:
                    value = assignment.value_of(index) or (
                        assignment.values[0] if assignment.values else None
                    )
                    return _of_value(code, site, value, steps)
    for parameter in _parameters(site):
        if parameter[0] == name:
            return parameter[1].lstrip("*")
    if name in site.package.declarations:
        path, declaration = site.package.declarations[name]
        home = site.package.initial.get(path)
        if declaration.type:
            return declaration.type.lstrip("*")
        if declaration.value is not None and home is not None:
            return find_origin(code, Site(site.package, path, home, declaration.value), steps + 1)
    return ""


def _of_value(code: Code, site: Site[Expression], value: Expression | None, steps: int) -> str:
    if value is None:
        return ""
    if value.kind in ("selector", "type") and dotted(value) and "." in dotted(value):
        named = _imported_type(site, value)
        if "/" in named or value.kind == "type":
            return named
    return find_origin(code, site.of(value), steps + 1)


def _parameters(site: Site[Expression]) -> list[tuple[str, str]]:
    own = [(entry.name, entry.type) for entry in site.function.parameters]
    if site.function.receiver_name:
        own.append((site.function.receiver_name, site.function.receiver))
    return own


def _of_field(code: Code, name: str) -> str:
    """The type of a struct field, where all fields of that name have the same."""
    types = {field.type.lstrip("*") for _, field in code.fields.get(name, ())}
    return types.pop() if len(types) == 1 else ""
