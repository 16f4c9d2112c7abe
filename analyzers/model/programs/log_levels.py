"""Log levels that a program sets: slog, logrus, zerolog, zap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from analyzers.model.programs.certainty import always_runs
from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.light import light_value

_SLOG, _LOGRUS, _ZEROLOG = "log/slog", "github.com/sirupsen/logrus", "github.com/rs/zerolog"
_ZAP, _ZAPCORE = "go.uber.org/zap", "go.uber.org/zap/zapcore"
_FUNCTIONS: Mapping[str, int] = {
    f"{_SLOG}.SetLogLoggerLevel": 0,
    f"{_LOGRUS}.SetLevel": 0,
    f"{_ZEROLOG}.SetGlobalLevel": 0,
    f"{_ZAP}.NewAtomicLevelAt": 0,
    f"{_ZAPCORE}.NewCore": 2,
    f"{_ZAP}.IncreaseLevel": 0,
}
"""Which argument is the level."""
_METHODS = ("SetLevel", "Set", "Level")
"""Of loggers and of what holds a level: known by the level that they are given."""
_FAMILIES = {_SLOG: "slog", _LOGRUS: "logrus", _ZEROLOG: "zerolog", _ZAP: "zap", _ZAPCORE: "zap"}
_LEVELS = frozenset(
    f"{name}Level" for name in ("Trace", "Debug", "Info", "Warn", "Error", "Fatal", "Panic")
) | frozenset(f"Level{name}" for name in ("Debug", "Info", "Warn", "Error"))
_MOST = 200


@light_value
class LogLevel:
    """`level` in lower case (`debug`), empty where something decides it."""

    library: str
    level: str
    site: Site[Expression]
    setter: Site[Call] | Site[Literal]


def find_fixed_levels(code: Code) -> Iterator[LogLevel]:
    """The first level of each library that is set in every run and by nothing but the source.

    One that is set under a condition, or to what is not a constant, means that somebody may choose.
    """
    by_library: dict[str, list[LogLevel]] = {}
    for found in find_log_levels(code):
        by_library.setdefault(found.library, []).append(found)
    for levels in by_library.values():
        if all(each.level and always_runs(code, each.setter) for each in levels):
            yield min(levels, key=lambda each: each.site.at)


def find_log_levels(code: Code) -> Iterator[LogLevel]:
    """Every place that sets a level."""
    for site in islice(code.calls(*_FUNCTIONS), _MOST):
        index = _FUNCTIONS[site.node.callee]
        if index < len(site.node.arguments):
            argument = site.of(site.node.arguments[index])
            yield LogLevel(_FAMILIES[site.node.package], _constant(argument)[1], argument, site)
    for site in islice(code.methods(*_METHODS), _MOST):
        if len(site.node.arguments) == 1 and site.node.receiver is not None:
            yield from _by_method(code, site)
    for literal in islice(code.literals(f"{_SLOG}.HandlerOptions"), _MOST):
        written = literal.node.expression.field("Level")
        if written is not None:
            yield LogLevel("slog", _constant(literal.of(written))[1], literal.of(written), literal)


def _by_method(code: Code, site: Site[Call]) -> Iterator[LogLevel]:
    """A method with a level of a library, or one on a library's type with anything."""
    argument = site.of(site.node.arguments[0])
    library, level = _constant(argument)
    if not library and site.node.receiver is not None:
        kind = code.types.of(site.of(site.node.receiver)).rpartition(".")[0]
        library = _FAMILIES.get(kind, "")
    if library:
        yield LogLevel(library, level, argument, site)


def _constant(site: Site[Expression]) -> tuple[str, str]:
    """The library and the level of `slog.LevelDebug`; empty for anything else."""
    node = site.node
    if node.kind != "selector" or node.text not in _LEVELS or node.parts[0].kind != "name":
        return "", ""
    package = next((entry.path for entry in site.file.imports if entry.name == node.parts[0].text), "")
    library = _FAMILIES.get(package, "")
    return (library, node.text.replace("Level", "").lower()) if library else ("", "")
