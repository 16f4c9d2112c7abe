"""Reads Chart.yaml and decides which files belong to the chart.

Fields: https://helm.sh/docs/topics/charts/#the-chartyaml-file
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from analyzers.model.charts.chart import Chart, Dependency, ValuesFile
from analyzers.model.scope import is_deployed_manifest
from analyzers.model.yaml_facts import known_text
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_number_text

MOST_DEPENDENCIES = 200
VALUES_FILE = "values.yaml"
REQUIREMENTS_FILE = "requirements.yaml"
"""https://helm.sh/docs/topics/v2_v3_migration/"""
_VARIANT = re.compile(r"(?:[^/]*[-._])?values(?:[-._][^/]*)?\.ya?ml")


def read_chart(
    folder: str,
    root: Node,
    requirements: Node,
    templates: Sequence[str],
    values: ValuesFile | None,
    variants: Sequence[ValuesFile],
    *,
    has_values: bool,
) -> Chart:
    """The chart of a folder, its dependencies not yet looked for. Old ones name them in `requirements`."""
    return Chart(
        path=folder,
        name=known_text(root["name"]) or "",
        version=_version(root["version"]),
        app_version=_version(root["appVersion"]),
        is_library=root["type"].text == "library",
        values=values,
        variants=tuple(variants),
        dependencies=tuple(_dependencies(root["dependencies"] or requirements["dependencies"])),
        templates=tuple(templates),
        has_values=has_values,
    )


def _version(node: Node) -> str:
    """A plain `1.0` is a number to Helm, which writes it `1`."""
    return (as_number_text(node) or "") if known_text(node) else ""


def is_variant(name: str) -> bool:
    """A file beside values.yaml that holds the values of a real environment, by its name."""
    return name != VALUES_FILE and bool(_VARIANT.fullmatch(name)) and is_deployed_manifest(name)


def _dependencies(items: Node) -> Iterable[Dependency]:
    for item in islice(items, MOST_DEPENDENCIES):
        name, repository = known_text(item["name"]) or "", known_text(item["repository"]) or ""
        if name:
            key = known_text(item["alias"]) or name
            path = repository.removeprefix("file://") if repository.startswith("file://") else ""
            yield Dependency(name, key, path, bool(repository) and not path)


def find_dependencies(chart: Chart, charts: Mapping[str, Chart]) -> tuple[Dependency, ...]:
    """The subcharts with the folders they lie in here, those only found in `charts/` included."""
    inside = _inside(chart, charts)
    found = []
    for wanted in chart.dependencies:
        path = _path_of(chart, wanted, charts, inside)
        found.append(Dependency(wanted.name, wanted.key, path or "", wanted.is_foreign))
    named = {dependency.path for dependency in found}
    return (*found, *(Dependency(name, name, path) for name, path in inside.items() if path not in named))


def _inside(chart: Chart, charts: Mapping[str, Chart]) -> dict[str, str]:
    """The charts in the folder `charts/`, by name."""
    folder = posixpath.join(chart.path, "charts")
    return {each.name: path for path, each in charts.items() if posixpath.dirname(path) == folder}


def _path_of(
    chart: Chart, wanted: Dependency, charts: Mapping[str, Chart], inside: Mapping[str, str]
) -> str | None:
    if not wanted.path:
        return inside.get(wanted.name)
    path = posixpath.normpath(posixpath.join(chart.path, wanted.path))
    path = "" if path == "." else path
    return path if path in charts and path != chart.path else inside.get(wanted.name)
