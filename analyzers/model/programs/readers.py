"""Functions that read an environment variable for their caller.

`getEnv("PORT", "8080")` gives it back, `mustMapEnv(&port, "PORT")` writes it where the caller says.
"""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, Function
from analyzers.parsers.light import light_value

ENVIRONMENT = ("os.Getenv", "os.LookupEnv", "syscall.Getenv")
_MOST_CALLS = 50


@light_value
class Reader:
    """In the function's own terms: the variable's name and what comes back when it is not set."""

    variable: Expression
    default: Expression | None
    into: str = ""
    """The parameter it writes through; empty where it gives back what it read."""


def find_reader(code: Code, function: Site[Function], known: dict[int, Reader | None]) -> Reader | None:
    """How a function reads the environment for who calls it. `known` keeps the answers."""
    key = id(function.node)
    if key not in known:
        known[key] = None
        known[key] = _read(code, function, known)
    return known[key]


def _read(code: Code, function: Site[Function], known: dict[int, Reader | None]) -> Reader | None:
    for call in function.node.calls[:_MOST_CALLS]:
        variable = _variable(code, function, call, known)
        if variable is not None:
            names = _derived(function.node, call)
            if any(
                entry.values and _mentions(entry.values[0], call, names) for entry in function.node.returns
            ):
                return Reader(variable, _default(function.node, call, names))
            if into := _pointer(function.node, call, names):
                return Reader(variable, _default(function.node, call, names), into)
    return None


def _pointer(function: Function, call: Call, names: set[str]) -> str:
    """The parameter of `*parameter = value`, where what was read is written."""
    for assignment in function.assignments:
        target = assignment.targets[0]
        if target.kind == "unary" and target.text == "*" and assignment.values:
            name = target.parts[0].text
            if _mentions(assignment.values[0], call, names) and parameter_index(function, name) is not None:
                return name
    return ""


def parameter_index(function: Function, name: str) -> int | None:
    return next((index for index, entry in enumerate(function.parameters) if entry.name == name), None)


def _variable(
    code: Code, function: Site[Function], call: Call, known: dict[int, Reader | None]
) -> Expression | None:
    """The name of the variable that a call reads, itself or through another such function."""
    if not call.arguments:
        return None
    if call.callee in ENVIRONMENT:
        return call.arguments[0]
    inner = code.function(function.of(call))
    reader = find_reader(code, inner, known) if inner else None
    if inner is None or reader is None or reader.variable.kind != "name":
        return None
    index = parameter_index(inner.node, reader.variable.text)
    return call.arguments[index] if index is not None and index < len(call.arguments) else None


def _derived(function: Function, call: Call) -> set[str]:
    """The variables that hold what a call gave, or something made of it."""
    names = set(call.names[:1])
    for assignment in function.assignments:
        if any(_mentions(value, call, names) for value in assignment.values):
            names.update(target.text for target in assignment.targets[:1] if target.kind == "name")
    return names


def _mentions(expression: Expression, call: Call, names: set[str]) -> bool:
    return any(
        (part.kind == "name" and part.text in names) or (part.kind == "call" and part.start == call.start)
        for part in expression.walk()
    )


def _default(function: Function, call: Call, names: set[str]) -> Expression | None:
    """The other thing it gives back: a parameter or a constant."""
    returned = [entry.values[0] for entry in function.returns if entry.values]
    assigned = [
        assignment.values[0]
        for assignment in function.assignments
        if assignment.operator == "=" and assignment.values and assignment.targets[0].text in names
    ]
    for value in (*returned, *assigned):
        is_plain = value.kind in ("string", "number") and value.text
        is_parameter = value.kind == "name" and parameter_index(function, value.text) is not None
        if (is_plain or is_parameter) and not _mentions(value, call, names):
            return value
    return None
