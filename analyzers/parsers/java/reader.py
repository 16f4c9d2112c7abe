"""Reads one Java file with tree-sitter in one walk, within limits of size, time and depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tree_sitter import Node

from analyzers.parsers.java.file import JavaCall, JavaFile, JavaMethod
from analyzers.parsers.java.tree import parse_tree, walk
from analyzers.parsers.java.value import Value
from analyzers.parsers.java.values import Source, read_arguments, read_value

_CLASSES = frozenset({"class_declaration", "record_declaration", "enum_declaration", "interface_declaration"})
_METHODS = frozenset({"method_declaration", "constructor_declaration"})
_LOOPS = frozenset({"for_statement", "enhanced_for_statement", "while_statement", "do_statement"})
_CONDITIONS = frozenset({"if_statement", "switch_expression", "ternary_expression"})
_ANNOTATIONS = frozenset({"annotation", "marker_annotation"})
_MOST_FACTS = 20_000


def parse_java(source: bytes) -> JavaFile:
    """The facts of one file. Raises Unreadable for what is too large, too deep, no text or too slow."""
    tree = parse_tree(source)
    reading = _Reading(source)
    for is_before, node in walk(tree):
        if is_before:
            reading.enter(node)
        else:
            reading.leave(node)
    return reading.finish(tree.root_node.has_error)


class _Reading:
    """What the walk has seen so far."""

    def __init__(self, source: bytes) -> None:
        self._source = Source(source)
        self._package = ""
        self._imports: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._constants: dict[str, Value] = {}
        self._calls: list[JavaCall] = []
        self._comments: dict[int, str] = {}
        self._classes: list[tuple[str, frozenset[str]]] = []
        self._methods: list[JavaMethod] = []
        self._loops = self._conditions = 0
        self._limit = ""
        self._enters: dict[str, Callable[[Node], None]] = {
            "package_declaration": self._read_package,
            "import_declaration": self._read_import,
            "field_declaration": self._read_declaration,
            "local_variable_declaration": self._read_declaration,
            "formal_parameter": self._read_parameter,
            "resource": self._read_parameter,
            "method_invocation": self._read_call,
            "line_comment": self._read_comment,
            "block_comment": self._read_comment,
        }

    def enter(self, node: Node) -> None:
        kind = node.type
        if kind in _CLASSES:
            self._classes.append(
                (self._source.text(node.child_by_field_name("name")), self._annotations(node))
            )
        elif kind in _METHODS:
            self._methods.append(self._method(node))
        elif kind in self._enters:
            self._enters[kind](node)
        self._loops += kind in _LOOPS
        self._conditions += kind in _CONDITIONS

    def leave(self, node: Node) -> None:
        kind = node.type
        if kind in _CLASSES:
            self._classes.pop()
        elif kind in _METHODS:
            self._methods.pop()
        self._loops -= kind in _LOOPS
        self._conditions -= kind in _CONDITIONS

    def finish(self, is_partial: bool) -> JavaFile:
        """The file; a variable's type is known only now, where it is declared below its use."""
        calls = (replace(call, type=self._types.get(call.receiver, call.type)) for call in self._calls)
        return JavaFile(
            package=self._package,
            imports=self._imports,
            constants=self._constants,
            calls=tuple(calls),
            comments=self._comments,
            is_partial=is_partial or bool(self._limit),
            limit=self._limit,
        )

    def _method(self, node: Node) -> JavaMethod:
        owner, above = self._classes[-1] if self._classes else ("", frozenset[str]())
        name = self._source.text(node.child_by_field_name("name"))
        return JavaMethod(name, owner, above | self._annotations(node), self._source.span(node))

    def _read_package(self, node: Node) -> None:
        self._package = self._source.text(node.named_children[-1]) if node.named_children else ""

    def _read_import(self, node: Node) -> None:
        path = self._source.text(node.named_children[0]) if node.named_children else ""
        self._imports[path.rpartition(".")[2]] = path

    def _read_parameter(self, node: Node) -> None:
        self._declare(node.child_by_field_name("name"), self._type(node))

    def _read_declaration(self, node: Node) -> None:
        declared = self._type(node)
        for variable in node.children_by_field_name("declarator"):
            name, value = variable.child_by_field_name("name"), variable.child_by_field_name("value")
            is_made = value is not None and value.type == "object_creation_expression"
            self._declare(
                name, self._type(value) if value is not None and is_made and declared == "var" else declared
            )
            if value is not None and not is_made and node.type == "field_declaration":
                self._constants.setdefault(self._source.text(name), read_value(value, self._source))

    def _declare(self, name: Node | None, declared: str) -> None:
        """Two variables of one name and different types make the type unknown."""
        known = self._types.setdefault(self._source.text(name), declared)
        if known != declared:
            self._types[self._source.text(name)] = ""

    def _read_call(self, node: Node) -> None:
        if len(self._calls) >= _MOST_FACTS:
            self._limit = f"stopped after {_MOST_FACTS:,} calls"
            return
        self._calls.append(
            JavaCall(
                receiver=self._source.text(node.child_by_field_name("object")).removeprefix("this."),
                type=self._type(_anonymous_owner(node)),
                name=self._source.text(node.child_by_field_name("name")),
                arguments=read_arguments(node, self._source),
                span=self._source.span(node),
                method=self._methods[-1] if self._methods else None,
                in_loop=self._loops > 0,
                in_condition=self._conditions > 0,
            )
        )

    def _type(self, node: Node | None) -> str:
        """The declared type without its type arguments."""
        declared = node.child_by_field_name("type") if node is not None else None
        return self._source.text(declared).partition("<")[0].rpartition(".")[2]

    def _annotations(self, node: Node) -> frozenset[str]:
        return frozenset(
            self._source.text(child.child_by_field_name("name")).rpartition(".")[2]
            for modifiers in node.children[:1]
            if modifiers.type == "modifiers"
            for child in modifiers.children
            if child.type in _ANNOTATIONS
        )

    def _read_comment(self, node: Node) -> None:
        self._comments[node.start_point[0] + 1] = self._source.text(node)


def _anonymous_owner(node: Node) -> Node | None:
    """The `new Type() {{ call(); }}` that a call without receiver belongs to."""
    if node.child_by_field_name("object") is not None:
        return None
    statement = node.parent
    block = statement.parent if statement is not None else None
    body = block.parent if block is not None else None
    owner = body.parent if body is not None and body.type == "class_body" else None
    return owner if owner is not None and owner.type == "object_creation_expression" else None
