"""Every Helm chart of a repository, and its templates with what the charts' values decide."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.model.charts.chart import Chart, ValuesFile
from analyzers.model.charts.chart_reader import REQUIREMENTS_FILE, VALUES_FILE, is_variant, read_chart
from analyzers.model.charts.family import Family
from analyzers.model.charts.mutation import changed_values
from analyzers.model.charts.release import Defined, Release
from analyzers.model.charts.relocation import Allowance
from analyzers.model.charts.resolution import resolve
from analyzers.model.charts.values import Layer
from analyzers.parsers.helm import (
    CHART_FILE,
    chart_folders,
    chart_of,
    find_definitions,
    is_chart_data,
    parse_template,
)
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Mapping, Node
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import is_yaml
from analyzers.sources import Sources

_MOST_VARIANTS = 20
_NOWHERE = Span(1, 1, 1, 1)


class Charts:
    """The charts, read at once, and their templates, each read when it is asked for."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._folders = chart_folders(sources.tree)
        self._family = Family(self._read(), self._definitions, self._changes, sources.remark_at)
        self._releases: dict[str, Release] = {}
        self._assumed: set[str] = set()

    @property
    def all(self) -> tuple[Chart, ...]:
        return tuple(self._family.charts.values())

    @property
    def assumed_paths(self) -> frozenset[str]:
        """Files of values, and the templates read so far in which something was looked up in them."""
        files = (chart.values.path for chart in self.all if chart.values)
        return frozenset({*files, *self._assumed})

    def has_template(self, path: str) -> bool:
        return chart_of(path, self._folders) is not None

    def is_data(self, path: str) -> bool:
        return is_chart_data(path, self._folders)

    def documents(self, path: str) -> tuple[Node, ...] | None:
        """The documents of a template, None (and a note) where it cannot be read, or is not judged."""
        folder = chart_of(path, self._folders)
        if folder is None or folder not in self._family.charts or not self._family.is_judged(folder):
            return None
        template = self._sources.parse(path, parse_template)
        if template is None:
            return None
        allowance = Allowance()
        try:
            documents = resolve(self._release(folder), path, template, allowance)
        except Unreadable as problem:
            self._sources.note(path, problem.reason, problem.line)
            return None
        if allowance.is_assumed:
            self._assumed.update((path, *(node.origin for node in documents if node.origin)))
        return documents

    def _release(self, folder: str) -> Release:
        if folder not in self._releases:
            self._releases[folder] = self._family.release(folder)
        return self._releases[folder]

    def _read(self) -> Iterator[Chart]:
        templates: dict[str, list[str]] = {}
        beside: dict[str, list[str]] = {}
        for path in self._sources.paths:
            folder = chart_of(path, self._folders)
            if folder is not None:
                templates.setdefault(folder, []).append(path)
            elif is_yaml(path) and is_variant(posixpath.basename(path)):
                beside.setdefault(posixpath.dirname(path), []).append(path)
        for folder in sorted(self._folders):
            root = self._root(posixpath.join(folder, CHART_FILE))
            if root is not None:
                yield self._chart(folder, root, templates.get(folder, []), beside.get(folder, []))

    def _chart(self, folder: str, root: Node, templates: list[str], variants: list[str]) -> Chart:
        path = posixpath.join(folder, VALUES_FILE)
        values = self._values(path)
        has_values = values is not None or path not in self._sources.tree
        others = [file for each in variants[:_MOST_VARIANTS] if (file := self._values(each))]
        requirements = self._root(posixpath.join(folder, REQUIREMENTS_FILE)) or Mapping(_NOWHERE)
        return read_chart(folder, root, requirements, templates, values, others, has_values=has_values)

    def _values(self, path: str) -> ValuesFile | None:
        documents = self._sources.parse(path, parse_yaml)
        if documents is None:
            return None
        return ValuesFile(path, documents[0].target if documents else Mapping(_NOWHERE))

    def _root(self, path: str) -> Node | None:
        documents = self._sources.parse(path, parse_yaml)
        return documents[0].target if documents else None

    def _changes(self, path: str) -> tuple[Layer, ...]:
        return self._sources.parse(path, changed_values) or ()

    def _definitions(self, path: str) -> Iterator[Defined]:
        for definition in self._sources.parse(path, find_definitions) or ():
            yield Defined(definition, path)
