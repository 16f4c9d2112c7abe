"""YAML written inside a test, as the nodes that the readers take."""

from __future__ import annotations

from textwrap import dedent

from analyzers.parsers.helm_template import parse_template
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml


def documents(text: str) -> tuple[Node, ...]:
    return parse_yaml(dedent(text))


def document(text: str) -> Node:
    (node,) = documents(text)
    return node


def template(text: str) -> tuple[Node, ...]:
    return parse_template(dedent(text))
