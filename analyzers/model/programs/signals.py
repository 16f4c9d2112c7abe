"""The signals that a program asks for, and whether it gets to ask for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.contexts import context_of
from analyzers.model.programs.lifetime import SignalHandling
from analyzers.model.programs.package import Site
from analyzers.model.programs.servings import Servings
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Parameter
from analyzers.parsers.go.expression import dotted, unwrapped
from analyzers.parsers.go.file import Placed

_NOTIFY, _CONTEXT = "os/signal.Notify", "os/signal.NotifyContext"
_NAMES = {"Interrupt": "SIGINT", "Kill": "SIGKILL"}
_PACKAGES = ("os", "syscall", "golang.org/x/sys/unix")
_MOST_CALLS = 50
_MOST_STEPS = 4
_MOST_CALLERS = 20
_COMMAND_LIBRARIES = (
    *("github.com/spf13/cobra", "github.com/urfave/cli", "github.com/alecthomas/kong"),
    *("github.com/alecthomas/kingpin", "gopkg.in/alecthomas/kingpin", "github.com/mitchellh/cli"),
    "github.com/google/subcommands",
)


def find_signals(code: Code, servings: Servings) -> tuple[SignalHandling, ...]:
    """Every place that asks for signals, in reading order."""
    values = Values(code)
    sites = islice(code.calls(_NOTIFY, _CONTEXT), _MOST_CALLS)
    found = [_handling(code, servings, values, site) for site in sites if site.node.arguments]
    return tuple(sorted(found, key=lambda handling: handling.at))


def _handling(code: Code, servings: Servings, values: Values, site: Site[Call]) -> SignalHandling:
    call = site.node
    is_channel = call.callee == _NOTIFY
    channel = site.of(call.arguments[0])
    name = dotted(channel.node) if is_channel else next(iter(call.names), "")
    blocking = servings.before(site, call.scope)
    return SignalHandling(
        at=site.at,
        kind="channel" if is_channel else "context",
        signals=_signals(code, site, call.arguments[1:]),
        name=name,
        buffer=_buffer(code, values, channel, 0) if is_channel else None,
        waited_at=_wait(site, name),
        blocked_by=blocking.at if blocking else None,
    )


def _signals(code: Code, site: Site[Call], arguments: Sequence[Expression]) -> tuple[str, ...] | None:
    """None where one cannot be told: then the others say little."""
    names: list[str] = []
    for argument in arguments:
        found = _spread(code, site, argument) if argument.text == "..." else [_name(code, site.of(argument))]
        if found is None or "" in found:
            return None
        names.extend(found)
    return tuple(dict.fromkeys(names))


def _name(code: Code, site: Site[Expression]) -> str:
    """`SIGTERM` for `syscall.SIGTERM`, empty for what is no signal of a known package."""
    expression = site.node
    if expression.kind == "call" and len(expression.arguments) == 1:  # syscall.Signal(0xf), os.Signal(x)
        expression = expression.arguments[0]
    if expression.kind != "selector":
        return ""
    if code.types.imported(site, expression.parts[0]) not in _PACKAGES:
        return ""
    return _NAMES.get(expression.text, expression.text)


def _spread(code: Code, site: Site[Call], argument: Expression) -> list[str] | None:
    """The elements of a slice that is handed over as `signals...`."""
    listed = _slice(code, site.of(argument.parts[0])) if argument.parts else None
    if listed is None:
        return None
    return [_name(code, listed.of(element)) for element in listed.node.parts] or None


def _slice(code: Code, site: Site[Expression]) -> Site[Expression] | None:
    """The literal behind a slice that is given its value in one place."""
    if site.node.kind == "composite":
        return site
    if site.node.kind != "name":
        return None
    name = site.node.text
    meaning = code.types.index(site.function).meaning(name, site.node.start)
    if isinstance(meaning, Parameter):
        return None
    if meaning is not None:
        value = meaning[0].value_of(meaning[1])
        return site.of(value) if value is not None and value.kind == "composite" else None
    declared = site.package.declarations.get(name)
    home = site.package.initial.get(declared[0]) if declared else None
    is_fixed = len(code.assignments.get(name, ())) <= 1
    if declared is None or home is None or declared[1].value is None or not is_fixed:
        return None
    return Site(site.package, declared[0], home, declared[1].value)


def _buffer(code: Code, values: Values, channel: Site[Expression], steps: int) -> int | None:
    """How many values a channel keeps."""
    expression = channel.node
    if steps > _MOST_STEPS:
        return None
    if expression.kind == "call":
        return _made(values, channel)
    if expression.kind == "name":
        meaning = code.types.index(channel.function).meaning(expression.text, expression.start)
        if isinstance(meaning, Parameter):
            return None
        if meaning is not None:
            value = meaning[0].value_of(meaning[1])
            return None if value is None else _buffer(code, values, channel.of(unwrapped(value)), steps + 1)
    return _kept_elsewhere(code, values, channel)


def _kept_elsewhere(code: Code, values: Values, channel: Site[Expression]) -> int | None:
    """The channel of a field or of the package, where all that is ever put there is alike."""
    name = dotted(channel.node).rpartition(".")[2]
    entries = [entry for entry in code.assignments.get(name, ()) if entry.package is channel.package]
    made = [entry.of(value) for entry in entries for value in entry.node.values]
    made += [
        Site(channel.package, path, function, value)
        for path, function in channel.package.naming((name,))
        for literal in function.literals
        if (value := literal.expression.field(name)) is not None
    ]
    sizes = {_made(values, site) for site in made}
    return sizes.pop() if len(sizes) == 1 else None


def _made(values: Values, call: Site[Expression]) -> int | None:
    """The size in `make(chan os.Signal, 1)`."""
    expression = call.node
    if expression.text != "make" or not expression.arguments or expression.arguments[0].text != "chan":
        return None
    if len(expression.arguments) == 1:
        return 0
    size = values.constant(call.of(expression.arguments[1])) or ""
    return int(size) if size.isascii() and size.isdigit() and len(size) < 9 else None


def _wait(site: Site[Call], name: str) -> Location | None:
    """Where the function waits for a signal: `<-signals`, `range signals`, `<-ctx.Done()`."""
    function = site.function
    for receive in function.receives:
        context = context_of(receive)
        waited = dotted(context) if context is not None else dotted(receive.channel)
        if name and waited == name:
            return site.locate(receive)
    for assignment in function.assignments:
        if assignment.operator == "range" and name and name in map(dotted, assignment.values):
            return site.locate(assignment.values[0])
    return None


def is_beside(code: Code, at: Location, served: Collection[Location]) -> bool:
    """Whether the function around a place, or one that leads to it, leads to a call that serves.

    In a program of many commands `main` leads to all of them: it counts only for what stands in itself.
    """
    site = code.call_at(at)
    waiting: list[Site[Placed]] = [site] if site else []
    seen: set[int] = set()
    for function in waiting:
        if id(function.function) in seen or len(seen) > _MOST_CALLERS:
            continue
        seen.add(id(function.function))
        if function is not site and function.function.name == "main" and code.imports(*_COMMAND_LIBRARIES):
            continue
        if any(_holds(each, place) for each in code.reached_from(function) for place in served):
            return True
        waiting += code.callers(function)
    return False


def _holds(function: Site[Placed], place: Location) -> bool:
    if function.path != place.path:
        return False
    span = function.locate(function.function).span
    return span.line <= place.line <= span.end_line
