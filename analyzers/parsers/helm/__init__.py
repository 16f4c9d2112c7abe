"""Helm templates: read as YAML in place, without rendering anything."""

from analyzers.parsers.helm.chart_files import (
    CHART_FILE,
    chart_folders,
    chart_of,
    is_chart_data,
    is_helper,
    is_template,
)
from analyzers.parsers.helm.template import (
    Definition,
    HelmTemplate,
    TemplateText,
    find_definitions,
    parse_template,
    read_template_text,
)

__all__ = [
    "CHART_FILE",
    "Definition",
    "HelmTemplate",
    "TemplateText",
    "chart_folders",
    "chart_of",
    "find_definitions",
    "is_chart_data",
    "is_helper",
    "is_template",
    "parse_template",
    "read_template_text",
]
