"""The functions of other modules that a literal goes straight into."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Literal
from analyzers.parsers.go.expression import unwrapped


def find_foreign_takers(code: Code, site: Site[Literal]) -> Iterator[Call]:
    """Calls such as `graceful.WithDefaults(&http.Server{…})`: what they do with it cannot be told."""
    start = site.node.expression.start
    for call in site.function.calls:
        is_foreign = "." in call.package.partition("/")[0] and call.package not in code.by_path
        if is_foreign and any(unwrapped(argument).start == start for argument in call.arguments):
            yield call
