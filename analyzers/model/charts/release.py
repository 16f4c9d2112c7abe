"""One chart as it would be installed: its values, and the named templates it can call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analyzers.model.charts.chart import Chart
from analyzers.model.charts.evaluation import Evaluation
from analyzers.model.charts.outcome import Block, Known, Outcome, Record, Unknown, call_name, name_of
from analyzers.model.charts.relocation import Allowance, Origin
from analyzers.model.charts.rendering import render
from analyzers.model.charts.values import Values
from analyzers.model.circles import find_circles, told
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.helm.template import (
    Definition,
    HelmTemplate,
    TemplateText,
    parse_template,
    read_template_text,
)
from analyzers.parsers.light import light_value
from analyzers.parsers.problem import Unreadable

DEEPEST = 10
_INCLUDED = re.compile(r"\b(?:include|template)\s{1,10}[\"`]([^\"`]{1,200})[\"`]")
_DOT = "$"


@light_value
class Defined:
    """A named template, and the file that defines it."""

    definition: Definition
    path: str

    @property
    def origin(self) -> Origin:
        return Origin(self.path, self.definition.line, self.definition.column)


class Release:
    """Answers what named templates print; each is read once."""

    def __init__(
        self, chart: Chart, values: Values, definitions: Mapping[str, Defined], remark: Remark = unheard
    ) -> None:
        """`remark` is told of named templates that go too deep."""
        self.chart = chart
        self._remark = remark
        self._told: set[str] = set()
        self._definitions = definitions
        self._texts: dict[str, TemplateText | None] = {}
        self._templates: dict[str, HelmTemplate | None] = {}
        self._printed: dict[tuple[str, str], Outcome] = {}
        about = {"Name": chart.name, "Version": chart.version, "AppVersion": chart.app_version}
        known: dict[str, Outcome] = {key: Known(text) for key, text in about.items() if text}
        missing: dict[str, Outcome] = {
            key: Unknown(f".Chart.{key}", is_missing=key != "Name") for key in about
        }
        self.dot: Outcome = Record(
            {
                "Values": Block(values) if chart.has_values else Unknown(".Values"),
                "Chart": Record(missing | known, ".Chart"),
                "Release": Record({"Service": Known("Helm")}, ".Release"),
            },
            _DOT,
        )

    def symbol_name(self, name: str) -> str:
        """A name for what is unknown, told apart from that of other charts."""
        return f"{self.chart.path}|{name}"

    def defined(self, name: str) -> Defined | None:
        return self._definitions.get(name)

    def template(self, name: str) -> HelmTemplate | None:
        """A named template read as YAML; None where there is none, or it is no YAML of its own."""
        if name not in self._templates:
            found = self._definitions.get(name)
            try:
                self._templates[name] = parse_template(found.definition.body) if found else None
            except Unreadable:
                self._templates[name] = None
        return self._templates[name]

    def include(self, name: str, argument: Outcome, allowance: Allowance, depth: int) -> Outcome:
        """What a named template prints."""
        key = name, name_of(argument)
        if not key[1] or key not in self._printed:
            if depth > DEEPEST:
                self.remark_depth(name)
                return Unknown()
            outcome = self._printed_by(name, argument, allowance, depth)
            if not key[1]:
                return outcome
            self._printed[key] = outcome
        return self._printed[key]

    def remark_depth(self, name: str) -> None:
        """Says that a named template is not followed, and whether that is because it leads back to itself."""
        found = self._definitions.get(name)
        if found is None:
            return
        circle = next(find_circles((name,), self._included), ())
        if circle and set(circle) & self._told:
            return
        self._told.update(circle)
        why = f"include one another ({told(circle)})" if circle else f"go more than {DEEPEST} deep"
        self._remark(found.path, f"named templates {why}: not followed further", found.definition.line)

    def _included(self, name: str) -> Sequence[str]:
        text = self._text(name)
        names = (_INCLUDED.findall(action.body) for action in text.actions) if text else ()
        return [each for found in names for each in found]

    def _printed_by(self, name: str, argument: Outcome, allowance: Allowance, depth: int) -> Outcome:
        text = self._text(name)
        printed = render(Evaluation(text, argument, self, allowance, depth)) if text else None
        return printed or Unknown(call_name(f"include {name}", (argument,)))

    def _text(self, name: str) -> TemplateText | None:
        if name not in self._texts:
            found = self._definitions.get(name)
            try:
                self._texts[name] = read_template_text(found.definition.body) if found else None
            except Unreadable:
                self._texts[name] = None
        return self._texts[name]
