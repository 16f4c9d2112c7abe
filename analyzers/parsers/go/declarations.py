"""How imports, constants, variables, types and functions are collected."""

from __future__ import annotations

import re

from analyzers.parsers.go.collected import Body, Signature
from analyzers.parsers.go.expression import Expression, dotted
from analyzers.parsers.go.expressions import listed, only_expressions, render_type
from analyzers.parsers.go.facts import Declaration, Import, Parameter, StructField, StructType
from analyzers.parsers.go.grammar import by_kind, kinds
from analyzers.parsers.go.statements import assign
from analyzers.parsers.go.walker import Enter, Frame, Leaf, Reduce, Value, Walk

_VERSION = re.compile(r"v\d+\Z")
_DIRECTIVE = re.compile(rb"//\s*(shipworthy:)")
_GENERATED = re.compile(rb"// Code generated .* DO NOT EDIT\.\s*\Z")
_SIGNATURE_HOLDERS = kinds("function_declaration", "method_declaration", "func_literal")


def default_name(path: str) -> str:
    """The name a package most likely has: the last part of its path that is not a major version."""
    parts = path.split("/")
    if len(parts) > 1 and _VERSION.match(parts[-1]):
        parts.pop()
    name = re.sub(r"\.v\d+\Z", "", parts[-1])
    name = name.removeprefix("go-") if "-" in name else name
    return name.removesuffix("-go").rpartition("-")[2].removesuffix(".go")


def _comment(walk: Walk, start: int, end: int) -> None:
    source = walk.source
    if source[start : start + 2] != b"//":
        return
    collected = walk.collected
    if directive := _DIRECTIVE.match(source, start, end):
        collected.directives[start] = source[directive.start(1) : end].decode(errors="replace").strip()
    elif not collected.package:
        text = source[start:end]
        if text.startswith(b"//go:build "):
            collected.constraints.insert(0, text[11:].decode(errors="replace").strip())
        elif text.startswith((b"// +build ", b"//+build ")):
            collected.constraints.append(
                _old_constraint(text.partition(b"+build")[2].decode(errors="replace"))
            )
    if not collected.is_generated and source.startswith(b"// Code generated ", start):
        collected.is_generated = _GENERATED.match(source, start, end) is not None


def _old_constraint(options: str) -> str:
    """`// +build a,b c` in the words of `//go:build`."""
    return " || ".join(f"({option.replace(',', ' && ')})" for option in options.split())


def _package(walk: Walk, frame: Frame) -> None:
    names = only_expressions(frame.values)
    if names and not walk.collected.package:
        walk.collected.package = names[0].text


def _import(walk: Walk, frame: Frame) -> None:
    parts = only_expressions(frame.values)
    if not parts or parts[-1].kind != "string":
        return
    path = parts[-1]
    if walk.collected.texts and walk.collected.texts[-1] is path:
        walk.collected.texts.pop()
    name = parts[0].text if len(parts) == 2 else default_name(path.text)
    walk.collected.imports.append(Import(name, path.text, frame.start, frame.end))
    if name not in ("_", "."):
        walk.imports[name] = path.text


def _dot(walk: Walk, start: int, end: int) -> Expression:
    return Expression("name", ".", (), start, end)


def _values(frame: Frame) -> tuple[Expression, ...]:
    return next((listed(value) for value in frame.values if isinstance(value, list)), ())


def _specification(operator: str) -> Reduce:
    """`var` and `const`: names, a type where there is one, values where there are any."""

    def reduce(walk: Walk, frame: Frame) -> None:
        parts = only_expressions(frame.values)
        count = next((index for index, part in enumerate(parts) if part.kind != "name"), len(parts))
        names, types, values = parts[:count], parts[count:], _values(frame)
        type_name = render_type(walk, types[0]) if types else ""
        if walk.scope.kind == "package":
            _declare(walk, operator, names, type_name, values)
        assign(walk, frame, operator, names, values or types)

    return reduce


def _declare(
    walk: Walk, operator: str, names: tuple[Expression, ...], type_name: str, values: tuple[Expression, ...]
) -> None:
    collected = walk.collected.constants if operator == "const" else walk.collected.variables
    for index, name in enumerate(names):
        value = values[index] if len(values) == len(names) else None
        declaration = Declaration(name.text, type_name, value, name.start, name.end, operator == "const")
        collected.append(declaration)


def _parameter(walk: Walk, frame: Frame) -> list[Parameter] | None:
    parts = only_expressions(frame.values)
    if not parts:
        return None
    prefix = "..." if frame.kind in _VARIADIC else ""
    type_name = prefix + render_type(walk, parts[-1])
    names = [part.text for part in parts[:-1]] or [""]
    return [Parameter(name, type_name) for name in names]


def _parameters(walk: Walk, frame: Frame) -> list[Parameter]:
    found: list[Parameter] = []
    for value in frame.values:
        if isinstance(value, list):
            found.extend(item for item in value if isinstance(item, Parameter))
    parent = walk.frames[-1]
    if parent.kind in _SIGNATURE_HOLDERS:
        for parameter in found:
            walk.declare(parameter.name, parent)
    return found


def _field(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    tag = parts[-1] if parts and parts[-1].kind == "string" else None
    parts = parts[:-1] if tag else parts
    if not parts:
        return None
    names = parts[:-1] or (parts[-1],)
    typed = parts[-1]._replace(text=render_type(walk, parts[-1]), kind="type")
    name = ",".join(dotted(part).rpartition(".")[2] for part in names)
    return Expression("field", name, (typed, tag) if tag else (typed,), frame.start, frame.end)


def _struct(walk: Walk, frame: Frame) -> Expression:
    struct = Expression("type", "struct", only_expressions(frame.values), frame.start, frame.end)
    if walk.frames[-1].kind not in _TYPE:
        _collect_struct(walk, "", struct)
    return struct


def _type(walk: Walk, frame: Frame) -> None:
    parts = only_expressions(frame.values)
    if len(parts) < 2 or parts[-1].text != "struct":
        return
    _collect_struct(walk, parts[0].text, parts[-1])


def _collect_struct(walk: Walk, name: str, struct: Expression) -> None:
    fields = tuple(
        StructField(
            name, field.parts[0].text, field.parts[1].text if field.parts[1:] else "", field.start, field.end
        )
        for field in struct.parts
        if field.kind == "field"
        for name in field.text.split(",")
    )
    walk.collected.structs.append(StructType(name, fields, struct.start, struct.end))


def _enter_function(walk: Walk, frame: Frame, parent: Frame) -> None:
    frame.state = walk.body
    walk.body = Body()


def _function(walk: Walk, frame: Frame) -> None:
    body = walk.body
    if isinstance(frame.state, Body):
        walk.body = frame.state
    name = next(iter(only_expressions(frame.values)), None)
    if name is None:
        return
    lists = [_only_parameters(value) for value in frame.values if isinstance(value, list)]
    is_method = frame.kind in _METHOD
    receiver = lists[0][0] if is_method and lists and lists[0] else None
    parameters = lists[is_method] if len(lists) > is_method else ()
    place = (frame.start, frame.end, name.start, name.end)
    signature = Signature(
        name.text, receiver, parameters, *place, _results(walk, frame, lists[is_method + 1 :])
    )
    walk.collected.functions.append(body.finish(signature))


def _results(walk: Walk, frame: Frame, lists: list[tuple[Parameter, ...]]) -> tuple[str, ...]:
    """The types behind the parameters: a list of them, or just one."""
    if lists:
        return tuple(parameter.type for parameter in lists[0])
    types = only_expressions(frame.values)[1:]
    return tuple(render_type(walk, each) for each in types[:1])


def _only_parameters(value: Value) -> tuple[Parameter, ...]:
    return tuple(item for item in value if isinstance(item, Parameter))


_METHOD = kinds("method_declaration")
_TYPE = kinds("type_spec")
_VARIADIC = kinds("variadic_parameter_declaration")

LEAVES: dict[int, Leaf] = by_kind({"comment": _comment, "dot": _dot})
TRANSPARENT = kinds(
    "source_file",
    "import_declaration",
    "import_spec_list",
    "const_declaration",
    "var_declaration",
    "var_spec_list",
    "type_declaration",
    "field_declaration_list",
)
ENTERS: dict[int, Enter] = by_kind(
    dict.fromkeys(("function_declaration", "method_declaration"), _enter_function)
)
REDUCERS: dict[int, Reduce | None] = by_kind(
    {
        "package_clause": _package,
        "import_spec": _import,
        "const_spec": _specification("const"),
        "var_spec": _specification("var"),
        "parameter_declaration": _parameter,
        "variadic_parameter_declaration": _parameter,
        "parameter_list": _parameters,
        "field_declaration": _field,
        "struct_type": _struct,
        "type_spec": _type,
        "function_declaration": _function,
        "method_declaration": _function,
    }
)
