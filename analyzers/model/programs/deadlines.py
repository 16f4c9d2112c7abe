"""How long until a context ends."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.contexts import ENDLESS
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Expression, Parameter

UNKNOWN = Duration(None)
BOUNDED = ("context.WithTimeout", "context.WithTimeoutCause")
_UNTIL = ("context.WithDeadline", "context.WithDeadlineCause")
_SAME_END = ("context.WithValue", "context.WithCancel", "context.WithCancelCause")
_MOST_STEPS = 6
_MOST_CALLERS = 4


def find_deadline(code: Code, values: Values, context: Site[Expression], steps: int = 0) -> Duration:
    """How long until a context ends: 0 seconds where nothing but a call of cancel ends it."""
    if steps > _MOST_STEPS:
        return UNKNOWN
    if context.node.kind == "call":
        return _of_call(code, values, context, steps)
    if context.node.kind != "name":
        return UNKNOWN
    meaning = code.types.index(context.function).meaning(context.node.text, context.node.start)
    if meaning is None or isinstance(meaning, Parameter):
        return _from_callers(code, values, context, steps)
    value = meaning[0].values[0] if meaning[0].values and meaning[1] == 0 else None
    return UNKNOWN if value is None else find_deadline(code, values, context.of(value), steps + 1)


def _of_call(code: Code, values: Values, context: Site[Expression], steps: int) -> Duration:
    call = context.node
    if call.text in ENDLESS:
        return Duration(0)
    if call.text in BOUNDED and len(call.arguments) >= 2:
        return values.duration(context.of(call.arguments[1]))
    if call.text in _UNTIL and len(call.arguments) >= 2:
        moment = call.arguments[1]
        is_from_now = moment.kind == "call" and moment.text.endswith(".Add") and len(moment.arguments) == 1
        return values.duration(context.of(moment.arguments[0])) if is_from_now else UNKNOWN
    if call.text in _SAME_END and call.arguments:
        return find_deadline(code, values, context.of(call.arguments[0]), steps + 1)
    return _of_own_function(code, values, context, steps)


def _of_own_function(code: Code, values: Values, context: Site[Expression], steps: int) -> Duration:
    """What a function of the program gives back, where it does so in one place."""
    call = code.types.index(context.function).call(context.node)
    function = code.function(context.of(call)) if call is not None else None
    returned = [entry.values for entry in function.node.returns if entry.values] if function else []
    if function is None or len(returned) != 1:
        return UNKNOWN
    return find_deadline(code, values, function.of(returned[0][0]), steps + 1)


def _from_callers(code: Code, values: Values, context: Site[Expression], steps: int) -> Duration:
    """What the callers hand over, where they agree."""
    names = [parameter.name for parameter in context.function.parameters]
    if context.node.text not in names:
        return UNKNOWN
    index = names.index(context.node.text)
    callers = code.callers(context)
    if len(callers) > _MOST_CALLERS:
        return UNKNOWN
    found = {
        find_deadline(code, values, caller.of(caller.node.arguments[index]), steps + 1)
        for caller in callers
        if index < len(caller.node.arguments)
    }
    return found.pop() if len(found) == 1 else UNKNOWN
