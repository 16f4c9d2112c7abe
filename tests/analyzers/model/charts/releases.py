"""Charts written inside a test, read as those of a repository are."""

from __future__ import annotations

from textwrap import dedent

from analyzers.files import MemoryFiles
from analyzers.model.reading.charts import Charts
from analyzers.parsers.yaml_node import Node
from analyzers.sources import Sources

TEMPLATE = "templates/web.yaml"


def charts(files: dict[str, str]) -> Charts:
    return Charts(sources(files))


def sources(files: dict[str, str]) -> Sources:
    memory = MemoryFiles({path: dedent(text) for path, text in files.items()})
    return Sources(memory, sorted(memory.tree))


def resolved(template: str, values: str = "", more: dict[str, str] | None = None) -> Node:
    """The one document of the template of a chart."""
    chart = "name: web\nversion: 1.2.0\nappVersion: v7\n"
    files = {"Chart.yaml": chart, "values.yaml": values, TEMPLATE: template, **(more or {})}
    (document,) = charts(files).documents(TEMPLATE) or ()
    return document
