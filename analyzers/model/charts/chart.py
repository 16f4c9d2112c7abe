"""A Helm chart.

Fields of Chart.yaml: https://helm.sh/docs/topics/charts/#the-chartyaml-file
"""

from __future__ import annotations

from analyzers.parsers.light import light_record, light_value
from analyzers.parsers.yaml_node import Node


@light_value
class Dependency:
    """A subchart as its parent names it. `path` is its folder here, empty where it comes from elsewhere."""

    name: str
    key: str
    """The key of its values in the parent's: the alias, or the name."""
    path: str = ""
    is_foreign: bool = False
    """It is fetched from a registry; what lies in `charts/` is a copy of somebody else's work."""


@light_value
class ValuesFile:
    """A file of values: the chart's own `values.yaml`, or one for an environment beside it."""

    path: str
    root: Node


@light_record
class Chart:
    """A folder with a Chart.yaml."""

    path: str
    """The folder; empty for the root of the repository."""
    name: str
    version: str = ""
    app_version: str = ""
    is_library: bool = False
    values: ValuesFile | None = None
    """Its values.yaml; None without one, or where it cannot be read."""
    variants: tuple[ValuesFile, ...] = ()
    """Files of values for real environments: where they differ nothing is known."""
    dependencies: tuple[Dependency, ...] = ()
    templates: tuple[str, ...] = ()
    """The paths of all files under `templates/`, those of subcharts left out."""
    has_values: bool = True
    """False where a values.yaml is there and cannot be read: then not even absence is known."""
