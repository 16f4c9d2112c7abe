"""Bake files of `docker buildx bake`, in HCL or JSON, as blocks of expressions.

https://docs.docker.com/build/bake/reference/
"""

from analyzers.parsers.bake.hcl import parse_hcl
from analyzers.parsers.bake.json import parse_bake_json
from analyzers.parsers.bake.syntax import (
    Attribute,
    BakeFile,
    Block,
    Choice,
    Expression,
    Items,
    Literal,
    Object,
    Opaque,
    Reference,
    Template,
)

__all__ = [
    "Attribute",
    "BakeFile",
    "Block",
    "Choice",
    "Expression",
    "Items",
    "Literal",
    "Object",
    "Opaque",
    "Reference",
    "Template",
    "parse_bake_json",
    "parse_hcl",
]
