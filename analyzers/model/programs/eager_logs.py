"""Log lines of a program whose messages are made before the logger knows whether anybody wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analyzers.model.programs.code import Code
from analyzers.model.programs.flow import is_on_error
from analyzers.model.programs.package import Site
from analyzers.model.programs.request_logs import handles_request, is_log
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Function, Scope
from analyzers.parsers.light import light_value

_OPTIONAL = frozenset(f"{level}{form}" for level in ("Debug", "Trace") for form in ("", "ln", "w", "Context"))
"""Levels that are commonly off, in the forms that take a message and format nothing themselves."""
_FORMATTERS = ("fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln")
_CHANNELS = re.compile(r"messages|events|errors|notifications|deliveries|chan(?:nel)?$|consume", re.I)
_PAUSES = ("time.Sleep", "time.After", "time.Tick")
_ASKED = re.compile(r"enabled|level|debug|trace|verbose", re.I)
"""A condition with one of these knows the level already."""


@light_value
class EagerLog:
    """`message` is what is made in advance: by `fmt`, or as a sum of texts.

    `in_loop` where it is a loop that makes it, outside of any request.
    """

    site: Site[Call]
    message: Site[Expression]
    is_formatted: bool
    in_loop: bool

    @property
    def written(self) -> str:
        """The call as it stands there; of a chain of calls the last alone."""
        text = self.site.file.text(self.site.node.function)
        return text if "(" not in text else self.site.node.method


def find_eager_logs(code: Code) -> Iterator[EagerLog]:
    """Debug lines in request handlers and busy loops whose message costs something, wanted or not.

    What is only said of a failure is rare enough to cost nothing.
    """
    values = Values(code)
    for site in code.named(_OPTIONAL | {"Msg"}):
        call = site.node
        if not _is_optional(call) or _is_asked_before(call.scope) or is_on_error(call.scope):
            continue
        in_request = handles_request(call.scope) or _handles_rpc(call.scope)
        message = _message(call)
        if (
            message is not None
            and (in_request or _is_in_busy_loop(site))
            and _varies(values, site.of(message))
        ):
            is_formatted = message.kind == "call"
            yield EagerLog(site, site.of(message), is_formatted, not in_request)


def _is_optional(call: Call) -> bool:
    if call.method == "Msg" and call.arguments:
        level = _chain_start(call)
        return level in ("Debug", "Trace")
    return call.method in _OPTIONAL and is_log(call)


def _chain_start(call: Call) -> str:
    """`Debug` of `log.Debug().Str(…).Msg(…)`."""
    operand, name = call.receiver, ""
    while operand is not None and operand.kind in ("call", "selector"):
        name = operand.text.rpartition(".")[2] if operand.kind == "call" else name
        operand = operand.parts[0] if operand.parts else None
    return name


def _message(call: Call) -> Expression | None:
    """The argument that is the message, where something makes it: fmt, or a sum of texts."""
    index = 1 if call.method.endswith("Context") else 0
    message = call.arguments[index] if index < len(call.arguments) else None
    if message is None:
        return None
    is_sum = (
        message.kind == "binary"
        and message.text == "+"
        and any(part.kind == "string" for part in message.walk())
    )
    is_made = message.kind == "call" and message.text in _FORMATTERS and len(message.arguments) > 1
    return message if is_sum or is_made else None


def _varies(values: Values, message: Site[Expression]) -> bool:
    parts = message.node.arguments if message.node.kind == "call" else (message.node,)
    return any(values.constant(message.of(part)) is None for part in parts)


def _is_asked_before(scope: Scope) -> bool:
    around: Scope | None = scope
    while around is not None:
        if around.kind in ("if", "case") and around.condition is not None:
            parts = around.condition.walk()
            if any(
                _ASKED.search(part.text[:100]) for part in parts if part.kind in ("call", "name", "selector")
            ):
                return True
        around = around.parent
    return False


def _is_in_busy_loop(site: Site[Call]) -> bool:
    """One without end, or that goes on as long as something comes, and that waits for no clock.

    A walk over a list is none, nor is a line behind which the function returns.
    """
    function, call = site.function, site.node
    if any(entry.scope is call.scope and entry.start > call.end for entry in function.returns):
        return False
    loop = call.scope.within("loop")
    while loop is not None:
        if _is_lasting(function, loop):
            return not _waits_for_clock(function, loop)
        loop = loop.parent.within("loop") if loop.parent else None
    return False


def _is_lasting(function: Function, loop: Scope) -> bool:
    """A range over a call counts only where it gives a channel, by its name."""
    condition = loop.condition
    if condition is None or condition.kind != "call":
        return condition is None
    is_walk = any(
        entry.operator == "range" and condition.start in (value.start for value in entry.values)
        for entry in function.assignments
    )
    return not is_walk or bool(_CHANNELS.search(condition.text[-100:]))


def _waits_for_clock(function: Function, loop: Scope) -> bool:
    """A pause in each round: its lines are few, whatever they cost."""
    pauses = any(call.callee in _PAUSES and call.scope.is_in(loop) for call in function.calls)
    ticks = any(
        receive.scope.is_in(loop) and receive.channel.kind == "selector" and receive.channel.text == "C"
        for receive in function.receives
    )
    return pauses or ticks


def _handles_rpc(scope: Scope) -> bool:
    """A method of a gRPC service by its parameters: a context, and a pointer to a request."""
    types = [parameter.type for parameter in scope.callable.parameters]
    return any(
        first == "context.Context" and "." in second and re.fullmatch(r"\*.{1,200}Req(?:uest)?", second)
        for first, second in pairwise(types)
    )
