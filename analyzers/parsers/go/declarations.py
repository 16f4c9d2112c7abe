"""How imports, constants, variables, types and functions are collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from tree_sitter import Node

from analyzers.parsers.go.collected import Body, Signature
from analyzers.parsers.go.expression import Expression, Kind, dotted
from analyzers.parsers.go.expressions import render_type
from analyzers.parsers.go.facts import Declaration, Import, Parameter, StructField, StructType
from analyzers.parsers.go.grammar import by_kind, kinds
from analyzers.parsers.go.statements import assign, first_list
from analyzers.parsers.go.walker import Frame, Read, Walk, framed, only_expressions, stand_in_place

_VERSION = re.compile(r"v\d+\Z")
_DIRECTIVE = re.compile(rb"//\s*(shipworthy:)")
_GENERATED = re.compile(rb"// Code generated .* DO NOT EDIT\.\s*\Z")
_PLAIN_PARAMETER = re.compile(rb"[\w ,.*\[\]]{1,80}\Z")
_SIGNATURE_HOLDERS = kinds("function_declaration", "method_declaration", "func_literal")


@lru_cache(4096)
def default_name(path: str) -> str:
    """The name a package most likely has: the last part of its path that is not a major version."""
    parts = path.split("/")
    if len(parts) > 1 and _VERSION.match(parts[-1]):
        parts.pop()
    name = re.sub(r"\.v\d+\Z", "", parts[-1])
    name = name.removeprefix("go-") if "-" in name else name
    return name.removesuffix("-go").rpartition("-")[2].removesuffix(".go")


def _comment(walk: Walk, node: Node) -> None:
    source, start, end = walk.source, node.start_byte, node.end_byte
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


def _package(walk: Walk, node: Node) -> None:
    names = walk.parts(node)
    if names and not walk.collected.package:
        walk.collected.package = names[0].text


def _import(walk: Walk, node: Node) -> None:
    parts = walk.parts(node)
    if not parts or parts[-1].kind != "string":
        return
    path = parts[-1]
    if walk.collected.texts and walk.collected.texts[-1] is path:
        walk.collected.texts.pop()
    name = parts[0].text if len(parts) == 2 else default_name(path.text)
    walk.collected.imports.append(Import(name, path.text, node.start_byte, node.end_byte))
    if name not in ("_", "."):
        walk.imports[name] = path.text
        walk.parameters.clear()


def _dot(walk: Walk, node: Node) -> Expression:
    return Expression("name", ".", (), node.start_byte, node.end_byte)


def _specification(operator: str) -> Read:
    """`var` and `const`: names, a type where there is one, values where there are any."""

    def read(walk: Walk, node: Node) -> None:
        found = walk.values(node)
        parts = only_expressions(found)
        count = next((index for index, part in enumerate(parts) if part.kind != "name"), len(parts))
        names, types, values = parts[:count], parts[count:], first_list(found)
        type_name = render_type(walk, types[0]) if types else ""
        if walk.scope.kind == "package":
            _declare(walk, operator, names, type_name, values)
        assign(walk, node, operator, names, values or types)

    return read


def _declare(
    walk: Walk, operator: str, names: tuple[Expression, ...], type_name: str, values: tuple[Expression, ...]
) -> None:
    collected = walk.collected.constants if operator == "const" else walk.collected.variables
    for index, name in enumerate(names):
        value = values[index] if len(values) == len(names) else None
        declaration = Declaration(name.text, type_name, value, name.start, name.end, operator == "const")
        collected.append(declaration)


def _parameter(walk: Walk, node: Node) -> list[Parameter]:
    """A declaration that the file has had before, as `ctx context.Context`, says the same again."""
    raw = walk.source[node.start_byte : node.end_byte]
    if walk.shadows or not walk.is_sound:
        return _declared(walk, node)
    known = walk.parameters.get(raw)
    if known is None:
        if not _PLAIN_PARAMETER.match(raw):
            return _declared(walk, node)
        around, walk.body.names = walk.body.names, set()
        known = walk.parameters[raw] = _declared(walk, node), walk.body.names
        walk.body.names = around
    walk.body.names |= known[1]
    return known[0]


def _declared(walk: Walk, node: Node, prefix: str = "") -> list[Parameter]:
    parts = walk.parts(node)
    if not parts:
        return []
    type_name = prefix + render_type(walk, parts[-1])
    names = [part.text for part in parts[:-1]] or [""]
    return [Parameter(name, type_name) for name in names]


def _variadic(walk: Walk, node: Node) -> list[Parameter]:
    return _declared(walk, node, "...")


def _parameters(walk: Walk, node: Node) -> list[Parameter]:
    found: list[Parameter] = []
    for value in walk.values(node):
        if isinstance(value, list):
            found.extend(value)
    if walk.frame.kind in _SIGNATURE_HOLDERS:
        for parameter in found:
            walk.declare(parameter.name, walk.frame)
    return found


def _field(walk: Walk, node: Node) -> Expression | None:
    parts = walk.parts(node)
    tag = parts.pop() if parts and parts[-1].kind == "string" else None
    if not parts:
        return None
    names = parts[:-1] or (parts[-1],)
    typed = parts[-1]._replace(text=render_type(walk, parts[-1]), kind="type")
    name = ",".join(dotted(part).rpartition(".")[2] for part in names)
    place = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    kind: Kind = "field" if parts[:-1] else "embedded"
    return Expression(kind, name, (typed, tag) if tag else (typed,), *place)


def _struct(walk: Walk, node: Node) -> Expression:
    """A struct has no name before the declaration of a type has given it one."""
    fields = tuple(walk.parts(node))
    struct = Expression("type", "struct", fields, walk.offsets[node.start_byte], walk.offsets[node.end_byte])
    walk.collected.structs.append(StructType("", tuple(_fields(struct)), struct.start, struct.end))
    return struct


def _fields(struct: Expression) -> Iterator[StructField]:
    for field in struct.parts:
        if field.kind in ("field", "embedded"):
            tag = field.parts[1].text if field.parts[1:] else ""
            is_embedded = field.kind == "embedded"
            for name in field.text.split(","):
                yield StructField(name, field.parts[0].text, tag, field.start, field.end, is_embedded)


def _type(walk: Walk, node: Node) -> None:
    parts = walk.parts(node)
    structs = walk.collected.structs
    if parts and structs and structs[-1].start == parts[-1].start and parts[-1].text == "struct":
        struct = structs.pop()
        if len(parts) > 1:
            structs.append(replace(struct, name=parts[0].text))


def _enter_function(walk: Walk, frame: Frame, parent: Frame) -> None:
    frame.state = walk.body
    walk.body = Body()


def _function(walk: Walk, frame: Frame) -> None:
    body = walk.body
    if isinstance(frame.state, Body):
        walk.body = frame.state
    parts = only_expressions(frame.values)
    if not parts or parts[0].kind != "name":  # in wrong syntax the type of a result may stand there
        return
    name = parts[0]
    lists = [tuple(value) for value in frame.values if isinstance(value, list)]
    is_method = frame.kind in _METHOD
    receiver = lists[0][0] if is_method and lists and lists[0] else None
    parameters = lists[is_method] if len(lists) > is_method else ()
    results = _results(walk, parts[1:], lists[is_method + 1 :])
    place = (frame.start, frame.end, name.start, name.end)
    walk.collected.functions.append(body.finish(Signature(name.text, receiver, parameters, *place, results)))


def _results(
    walk: Walk, types: tuple[Expression, ...], lists: list[tuple[Parameter, ...]]
) -> tuple[str, ...]:
    """The types behind the parameters: a list of them, or just one."""
    if lists:
        return tuple([parameter.type for parameter in lists[0]])
    return tuple([render_type(walk, each) for each in types[:1]])


_METHOD = kinds("method_declaration")

LEAVES: dict[int, Read] = by_kind({"comment": _comment, "dot": _dot})
INNER: dict[int, Read] = by_kind(
    {
        **dict.fromkeys(
            (
                "source_file",
                "import_declaration",
                "import_spec_list",
                "const_declaration",
                "var_declaration",
                "var_spec_list",
                "type_declaration",
                "field_declaration_list",
            ),
            stand_in_place,
        ),
        "package_clause": _package,
        "import_spec": _import,
        "const_spec": _specification("const"),
        "var_spec": _specification("var"),
        "parameter_declaration": _parameter,
        "variadic_parameter_declaration": _variadic,
        "parameter_list": _parameters,
        "field_declaration": _field,
        "struct_type": _struct,
        "type_spec": _type,
        **dict.fromkeys(("function_declaration", "method_declaration"), framed(_enter_function, _function)),
    }
)
