"""Go source, read without types: one file in, its imports, declarations and what its functions do out."""

from __future__ import annotations

from analyzers.parsers.go.expression import Expression
from analyzers.parsers.go.facts import (
    Assignment,
    Call,
    Declaration,
    Function,
    Import,
    Jump,
    Literal,
    Parameter,
    Receive,
    Return,
    Scope,
    Select,
    Send,
    StructField,
    StructType,
)
from analyzers.parsers.go.file import GoFile
from analyzers.parsers.go.reader import parse_go, parse_go_header

__all__ = [
    "Assignment",
    "Call",
    "Declaration",
    "Expression",
    "Function",
    "GoFile",
    "Import",
    "Jump",
    "Literal",
    "Parameter",
    "Receive",
    "Return",
    "Scope",
    "Select",
    "Send",
    "StructField",
    "StructType",
    "parse_go",
    "parse_go_header",
]
