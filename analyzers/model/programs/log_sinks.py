"""Where a program's loggers write to, as far as each line waits for a disk or the network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.flow import asks_for_error
from analyzers.model.programs.origins import find_origin
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import constant
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Scope
from analyzers.parsers.go.expression import dotted, unwrapped
from analyzers.parsers.go.file import Placed
from analyzers.parsers.light import light_value

_ZAP = "go.uber.org/zap"
_GIN = "github.com/gin-gonic/gin"
_TAKERS = {
    "log.SetOutput": "log",
    "log.New": "",
    "log/slog.NewJSONHandler": "log/slog",
    "log/slog.NewTextHandler": "log/slog",
    "github.com/sirupsen/logrus.SetOutput": "github.com/sirupsen/logrus",
    "github.com/rs/zerolog.New": "github.com/rs/zerolog/log",
    f"{_ZAP}/zapcore.AddSync": _ZAP,
    "github.com/go-kit/log.NewJSONLogger": "github.com/go-kit/log",
    "github.com/go-kit/log.NewLogfmtLogger": "github.com/go-kit/log",
}
"""Functions whose first argument is where a logger writes to, and the package of the loggers it is for."""
_WRITERS = {
    "os.OpenFile": "a file",
    "os.Create": "a file",
    "gopkg.in/natefinch/lumberjack": "a file of lumberjack's",
    "github.com/natefinch/lumberjack": "a file of lumberjack's",
    "github.com/lestrrat-go/file-rotatelogs.New": "a rotated file",
    "log/syslog.New": "syslog",
    "log/syslog.Dial": "syslog",
    "net.Dial": "a network connection",
    "crypto/tls.Dial": "a network connection",
}
"""By the beginning of where the writer comes from."""
_BUFFERS = ("bufio.NewWriter", "bufio.NewWriterSize", "github.com/rs/zerolog/diode.NewWriter")
_BUFFERED_SYNCER = f"{_ZAP}/zapcore.BufferedWriteSyncer"
_STANDARD = ("/dev/std", "/dev/fd/", "/dev/null", "/dev/tty", "/proc/", "stdout", "stderr")
_MOST_CALLS = 200
_MOST_STEPS = 4


@light_value
class LogSink:
    """A logger's unbuffered output. `package` is whose loggers use it, empty for the one called `name`."""

    site: Site[Placed]
    kind: str
    package: str
    name: str = ""


def find_slow_sinks(code: Code) -> Iterator[LogSink]:
    """Files and connections that loggers write to on every line, in every deployment."""
    values = Values(code)
    for site in islice(code.calls(*_TAKERS), _MOST_CALLS):
        if site.node.package:  # a variable may be called like a package: log.SetOutput
            yield from _taken(code, values, site, _TAKERS[site.node.callee])
    for site in islice(code.methods("SetOutput"), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is not None and "logrus" in find_origin(code, site.of(receiver)):
            yield from _taken(code, values, site, "github.com/sirupsen/logrus")
    for entry in code.assignments.get("DefaultWriter", ()):
        if entry.node.values and entry.file.imports_path(_GIN) and not _is_optional(entry.node.scope):
            yield from _slow_writers(code, values, entry.of(entry.node.values[0]), _GIN)
    yield from _zap_paths(code, values)


def _taken(code: Code, values: Values, site: Site[Call], package: str) -> Iterator[LogSink]:
    is_sure = not _is_optional(site.node.scope) and not _is_asked_for(code, site) and _is_called(code, site)
    if site.node.arguments and is_sure:
        for sink in _slow_writers(code, values, site.of(site.node.arguments[0]), package):
            yield LogSink(site.of(site.node), sink.kind, package, "" if package else _last(site.node))


def _slow_writers(code: Code, values: Values, site: Site[Expression], package: str) -> Iterator[LogSink]:
    """What an expression writes to, where each line waits for it."""
    for writer in () if _is_buffered(site) else _writers(site.node):
        origin = find_origin(code, site.of(writer))
        kind = next((kind for start, kind in _WRITERS.items() if origin.startswith(start)), "")
        if kind and not _is_standard(values, site.of(writer)):
            yield LogSink(site.of(site.node), kind, package)


def _writers(expression: Expression) -> list[Expression]:
    """Each writer of an io.MultiWriter."""
    if expression.kind == "call" and expression.text == "io.MultiWriter":
        return list(expression.arguments)
    return [expression]


def _last(call: Call) -> str:
    return next(iter(call.names), "").rpartition(".")[2]


def _is_optional(scope: Scope) -> bool:
    """Below a condition other than one on an error: another deployment may log elsewhere."""
    around: Scope | None = scope
    while around is not None:
        condition = around.condition
        if around.kind in ("if", "else", "case") and not (condition and asks_for_error(condition)):
            return True
        around = around.parent
    return False


def _is_asked_for(code: Code, site: Site[Placed]) -> bool:
    """Whether its function is called below such conditions alone."""
    callers = code.callers(site)
    return bool(callers) and all(_is_optional(caller.node.scope) for caller in callers)


def _is_called(code: Code, site: Site[Placed], steps: int = 0) -> bool:
    """Whether anything names its function, and so on to the start: an option nobody takes writes nothing."""
    name = site.function.name
    if name in ("main", "init", "") or steps >= _MOST_STEPS:
        return True
    if callers := code.callers(site):
        return any(_is_called(code, caller, steps + 1) for caller in callers)
    return any(name in function.names for _, _, function in code.reached if function is not site.function)


def _is_buffered(site: Site[Expression]) -> bool:
    """Something between gathers lines: anything in the function that does counts."""
    calls = {call.callee for call in site.function.calls}
    types = {literal.type for literal in site.function.literals}
    return not calls.isdisjoint(_BUFFERS) or _BUFFERED_SYNCER in types


def _is_standard(values: Values, writer: Site[Expression]) -> bool:
    """The container's own output, or a name that may be that; lumberjack is for files alone."""
    opened = _opening(writer)
    name = _file_name(opened)
    if opened is None or name is None:
        return False
    text = constant(values.text(writer.of(name)))
    return opened.kind == "call" if text is None else text.startswith(_STANDARD)


def _file_name(opened: Expression | None) -> Expression | None:
    if opened is None:
        return None
    if opened.kind == "composite":
        return opened.field("Filename")
    return next(iter(opened.arguments), None) if opened.text in ("os.OpenFile", "os.Create") else None


def _opening(site: Site[Expression]) -> Expression | None:
    """The expression that made a writer, in the same function."""
    plain = unwrapped(site.node)
    if plain.kind != "name":
        return plain
    made = [
        unwrapped(entry.values[0])
        for entry in site.function.assignments
        if entry.values and entry.start < site.node.start and dotted(entry.targets[0]) == plain.text
    ]
    return made[-1] if made else None


def _zap_paths(code: Code, values: Values) -> Iterator[LogSink]:
    for paths in (*_written_paths(code), *_assigned_paths(code)):
        texts = [values.constant(paths.of(part)) for part in paths.node.parts]
        if any(text and not text.startswith(_STANDARD) for text in texts):
            yield LogSink(paths.of(paths.node), "a file", _ZAP)


def _written_paths(code: Code) -> Iterator[Site[Expression]]:
    """`OutputPaths` in a zap.Config."""
    for literal in code.literals(f"{_ZAP}.Config"):
        paths = literal.node.expression.field("OutputPaths")
        if paths is not None and not _is_optional(literal.node.scope):
            yield literal.of(paths)


def _assigned_paths(code: Code) -> Iterator[Site[Expression]]:
    for entry in code.assignments.get("OutputPaths", ()):
        if entry.node.values and entry.file.imports_path(_ZAP) and not _is_optional(entry.node.scope):
            yield entry.of(entry.node.values[0])
