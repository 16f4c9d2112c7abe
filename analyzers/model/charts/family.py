"""Charts and the charts they contain: who sets whose values, and whose named templates are called.

Rules: https://helm.sh/docs/chart_template_guide/subcharts_and_globals/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from analyzers.model.charts.chart import Chart, Dependency, ValuesFile
from analyzers.model.charts.chart_reader import find_dependencies
from analyzers.model.charts.release import Defined, Release
from analyzers.model.charts.values import Layer, Values
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.yaml_node import Entry, Node, Scalar
from analyzers.parsers.yaml_node import Mapping as Tree

_MOST_RELATIVES = 100
_DEEPEST = 10


class Family:
    """All charts of a repository."""

    def __init__(
        self,
        charts: Iterable[Chart],
        definitions: Callable[[str], Iterable[Defined]] = lambda path: (),
        changes: Callable[[str], Iterable[Layer]] = lambda path: (),
        remark: Remark = unheard,
    ) -> None:
        """Of one file `definitions` tells the named templates, `changes` the values it writes to."""
        by_path = {chart.path: chart for chart in charts}
        self.charts: Mapping[str, Chart] = {
            path: replace(chart, dependencies=find_dependencies(chart, by_path))
            for path, chart in by_path.items()
        }
        self._definitions = definitions
        self._changes = changes
        self._remark = remark
        self._parents: dict[str, list[tuple[Chart, Dependency]]] = {}
        for chart in self.charts.values():
            for dependency in chart.dependencies:
                if dependency.path in self.charts and dependency.path != chart.path:
                    self._parents.setdefault(dependency.path, []).append((chart, dependency))

    def release(self, path: str) -> Release:
        """A chart with the values and named templates it has when it is installed, alone or in its parent."""
        chart = self.charts[path]
        values = self._values(chart, 0)
        changed = tuple(layer for path in chart.templates for layer in self._changes(path))
        values = replace(values, variants=values.variants + changed)
        named = replace(chart, name=self._name(chart))
        return Release(named, values, self._defined(chart), self._remark)

    def _name(self, chart: Chart) -> str:
        """What the chart is called: by a parent its alias, nothing certain where they call it differently."""
        names = {dependency.key for _, dependency in self._parents.get(chart.path, ())} or {chart.name}
        return names.pop() if len(names) == 1 else ""

    def is_judged(self, path: str) -> bool:
        """The chart is this repository's own work, and is installed."""
        chart = self.charts[path]
        return not chart.is_library and not any(
            dependency.is_foreign for _, dependency in self._parents.get(path, ())
        )

    def _values(self, chart: Chart, depth: int) -> Values:
        """A parent's values stand over the chart's own; those of further parents say other things."""
        own = _layers(chart.values), tuple(Layer(file.path, file.root) for file in chart.variants)
        parents = self._parents.get(chart.path, ()) if depth < _DEEPEST else ()
        if not parents:
            return Values(".Values", *own)
        (first, dependency), *others = parents[:_MOST_RELATIVES]
        above = self._values(first, depth + 1)
        layers, variants = _handed_down(above, dependency.key)
        for other, named in others:
            variants += _handed_down(Values("", _layers(other.values)), named.key)[0]
        return Values(".Values", (*layers, *own[0]), (*variants, *own[1]))

    def _defined(self, chart: Chart) -> dict[str, Defined]:
        """Named templates by name. A parent's come first, as in Helm; then its own, then all others."""
        found: dict[str, Defined] = {}
        for relative in dict.fromkeys((*self._ancestors(chart), *self._relatives(chart))):
            for path in relative.templates:
                for defined in self._definitions(path):
                    found.setdefault(defined.definition.name, defined)
        return found

    def _ancestors(self, chart: Chart) -> list[Chart]:
        """The charts around a chart, the outermost first; none where several parents take it in."""
        found: list[Chart] = []
        parents = self._parents.get(chart.path, [])
        while len(found) < _DEEPEST and len(parents) == 1:
            found.insert(0, parents[0][0])
            parents = self._parents.get(found[0].path, [])
        return found

    def _relatives(self, chart: Chart) -> Iterator[Chart]:
        pending, seen = [chart], {chart.path}
        while pending and len(seen) <= _MOST_RELATIVES:
            here = pending.pop(0)
            yield here
            below = [self.charts[each.path] for each in here.dependencies if each.path in self.charts]
            above = [parent for parent, _ in self._parents.get(here.path, ())]
            for relative in (*below, *above):
                if relative.path not in seen:
                    seen.add(relative.path)
                    pending.append(relative)


def _layers(file: ValuesFile | None) -> tuple[Layer, ...]:
    return (Layer(file.path, file.root),) if file else ()


def _handed_down(above: Values, key: str) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """What a parent says to a subchart: all below its name, and `global`."""
    own, shared = above[key], above["global"]
    return own.layers + _as_global(shared.layers), own.variants + _as_global(shared.variants)


def _as_global(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The same below the key `global`."""
    return tuple(Layer(layer.path, _under("global", layer.node)) for layer in layers)


def _under(key: str, node: Node) -> Tree:
    return Tree(node.span, entries=(Entry(Scalar(node.span, content=key), node),))
