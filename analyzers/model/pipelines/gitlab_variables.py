"""CI/CD variables of GitLab, as far as the configuration itself sets them.

https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.pipelines.layers import Layers
from analyzers.parsers.yaml_scalar import as_bool, as_str, as_words

_INPUT = "$[["
_REFERENCE = re.compile(r"\$(?:\{(\w{1,255})\}|(\w{1,255})|\$)")
_MAX_DEPTH = 20
_MAX_LENGTH = 4096


def read_variables(scope: Layers) -> dict[str, Fact[str]]:
    """The variables of one scope, as written. With `expand: false` a `$` stands for itself."""
    raw: dict[str, Fact[str]] = {}
    for name, setting in scope.items():
        value = setting["value"] if setting.node.items() else setting
        text = as_str(value.node) or ""
        if as_bool(setting["expand"].node) is False:
            text = text.replace("$", "$$")
        raw[name] = Fact(text, Location(value.path or setting.path, value.node.span))
    return raw


def rule_variables(rules: Iterable[Layers]) -> dict[str, Fact[str]]:
    """Variables that `rules` may set: which of them applies is not known, and so neither is the value."""
    found: dict[str, Fact[str]] = {}
    for rule in rules:
        for name, entry in rule.node["variables"].items():
            found[name] = Fact(None, Location(rule.path, entry.span))
    return found


def inherited(raw: dict[str, Fact[str]], setting: Layers) -> dict[str, Fact[str]]:
    """Of the global variables those that `inherit:variables` lets through."""
    if as_bool(setting.node) is False:
        return {}
    chosen = as_words(setting.node)
    return raw if chosen is None else {name: raw[name] for name in chosen if name in raw}


class Variables(Mapping[str, Fact[str]]):
    """Variables of several scopes, the innermost first. Those in a value are replaced when asked for."""

    def __init__(self, *scopes: dict[str, Fact[str]]) -> None:
        self._raw = ChainMap(*scopes)
        self._values: dict[str, str | None] = {}

    def __getitem__(self, name: str) -> Fact[str]:
        return Fact(self._value(name, 0), self._raw[name].at)

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def expand(self, text: str, depth: int = 0) -> str | None:
        """The text with its variables replaced; None where one is not set here or set in circles."""
        if _INPUT in text:
            return None
        parts: list[str] = []
        done = length = 0
        for found in _REFERENCE.finditer(text):
            name = found[1] or found[2]
            part = self._value(name, depth) if name else "$"
            length += len(part or "")
            if part is None or length > _MAX_LENGTH:
                return None
            parts += (text[done : found.start()], part)
            done = found.end()
        return "".join((*parts, text[done:]))

    def _value(self, name: str, depth: int) -> str | None:
        if name not in self._values:
            self._values[name] = None
            fact = self._raw.get(name)
            if fact and fact.value is not None and depth < _MAX_DEPTH:
                self._values[name] = self.expand(fact.value, depth + 1)
        return self._values[name]
