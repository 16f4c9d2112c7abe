"""Which files of a tree belong to Helm charts.

Layout: https://helm.sh/docs/topics/charts/#the-chart-file-structure
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

CHART_FILE = "Chart.yaml"


def chart_folders(paths: Iterable[str]) -> frozenset[str]:
    """The folders of a tree that hold a chart ('' is the root)."""
    return frozenset(posixpath.dirname(path) for path in paths if posixpath.basename(path) == CHART_FILE)


def is_template(path: str, charts: frozenset[str]) -> bool:
    """The file lies in the `templates` folder of a chart, at any depth."""
    return chart_of(path, charts) is not None


def chart_of(path: str, charts: frozenset[str]) -> str | None:
    """The folder of the chart whose template a file is."""
    parts = path.split("/")
    for depth in range(len(parts) - 2, -1, -1):
        folder = "/".join(parts[:depth])
        if parts[depth] == "templates" and folder in charts:
            return folder
    return None


def is_chart_data(path: str, charts: frozenset[str]) -> bool:
    """The file lies in the `files` folder of a chart: templates read it, Helm itself does not."""
    parts = path.split("/")
    return any(part == "files" and "/".join(parts[:depth]) in charts for depth, part in enumerate(parts[:-1]))


def is_helper(path: str) -> bool:
    """The file prints nothing itself, and holds named templates for others."""
    return posixpath.basename(path).startswith("_")
