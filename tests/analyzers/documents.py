"""YAML written inside a test, as the nodes that the readers take."""

from __future__ import annotations

from textwrap import dedent

from analyzers.model.charts.chart import Chart
from analyzers.model.charts.family import Family
from analyzers.model.charts.resolution import resolve
from analyzers.parsers.helm import parse_template
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml


def documents(text: str) -> tuple[Node, ...]:
    return parse_yaml(dedent(text))


def document(text: str) -> Node:
    (node,) = documents(text)
    return node


def template(text: str) -> tuple[Node, ...]:
    """The documents of a template in a chart without values of its own."""
    release = Family([Chart("", "web", has_values=False)]).release("")
    return resolve(release, "templates/web.yaml", parse_template(dedent(text)))
