"""Whether a program waits for the end of what a goroutine does, or ends before it."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.exits import ends_process, is_deferred_call
from analyzers.model.programs.flow import goroutine_around, is_detached
from analyzers.model.programs.package import Site
from analyzers.model.programs.servings import Servings
from analyzers.parsers.go import Call, Function, Receive, Scope
from analyzers.parsers.go.expression import dotted

_QUIET_PACKAGES = ("errors", "fmt", "log", "log/slog", "strings", "strconv")
_QUIET_MODULES = (
    *("github.com/sirupsen/logrus", "github.com/rs/zerolog", "go.uber.org/zap", "k8s.io/klog"),
    *("github.com/golang/glog", "github.com/pkg/errors"),
)
"""Libraries whose functions wait for nothing."""
_LEVELS = ("Print", "Info", "Warn", "Warning", "Debug", "Error")
_QUIET_METHODS = frozenset(
    {*("Err", "Msg", "Msgf", "String", "Close", "Sync", "Unlock", "With")}
    | {f"{level}{form}" for level in _LEVELS for form in ("", "f", "ln", "w")}
)
_BUILT_IN = frozenset({"close", "panic", "len", "string", "print", "println", "cancel", "stop"})
_MOST_DEPTH = 3


def is_awaited(code: Code, servings: Servings, site: Site[Call], depth: int = 0) -> bool | None:
    """Whether `main` stays until a call is over; None where that cannot be told."""
    scope = site.node.scope
    goroutine = goroutine_around(scope)
    if goroutine is not None:
        return _goroutine_is_awaited(code, servings, site, goroutine)
    if scope.callable.kind == "literal" and not _is_deferred(scope):
        return True if _group_is_awaited(site.function, scope.callable) else None
    if site.function.name == "main" and not site.function.receiver:
        return True
    callers = code.callers(site)
    if len(callers) != 1 or depth >= _MOST_DEPTH:
        return None
    return is_awaited(code, servings, callers[0], depth + 1)


def _group_is_awaited(function: Function, literal: Scope) -> bool:
    """Whether a function literal runs in a group that is waited for: `group.Go(func() …)`, `group.Wait()`."""
    groups = {
        call.callee.rpartition(".")[0]
        for call in function.calls
        if call.method == "Go" and any(argument.start == literal.start for argument in call.arguments)
    }
    return any(
        call.method == "Wait"
        and call.callee.rpartition(".")[0] in groups
        and call.start > literal.end
        and literal.parent is not None
        and call.scope.callable is literal.parent.callable
        for call in function.calls
    )


def _is_deferred(scope: Scope) -> bool:
    """Whether a function literal is called by a `defer` of the function itself."""
    literal = scope.callable
    around = literal.parent
    return around is not None and around.kind == "defer" and around.callable.kind == "function"


def _goroutine_is_awaited(code: Code, servings: Servings, site: Site[Call], goroutine: Scope) -> bool | None:
    outside = goroutine.parent
    if outside is None or outside.callable.kind != "function":
        return None
    function = site.of(site.function)
    served = servings.in_callable(function, outside)
    if not served or served[0].node.start < goroutine.end:
        return None
    since = served[0].node.end
    waits = list(_waits(function.node, outside, since))
    if waits:
        return True if any(_is_told(function.node, wait, goroutine) for wait in waits) else None
    return False if _ends_quietly(code, servings, function, outside, since, 0) else None


def _waits(function: Function, scope: Scope, since: int) -> Iterator[Call | Receive]:
    """What a function (literal) waits for itself after a place, or in what it deferred."""
    for receive in function.receives:
        is_own = receive.scope.callable is scope.callable and not is_detached(receive.scope)
        if (is_own and receive.start >= since) or receive.scope.within("defer") is not None:
            yield receive
    for call in function.calls:
        is_own = call.scope.callable is scope.callable and not is_detached(call.scope)
        if call.method == "Wait" and ((is_own and call.start >= since) or call.is_deferred):
            yield call


def _is_told(function: Function, wait: Call | Receive, goroutine: Scope) -> bool:
    """Whether a goroutine closes or fills the channel that is waited for, or tells the group it is done."""
    if isinstance(wait, Call):
        group = dotted(wait.receiver) if wait.receiver else ""
        return any(
            call.method == "Done" and call.callee == f"{group}.Done" and call.scope.is_in(goroutine)
            for call in function.calls
        )
    channel = dotted(wait.channel)
    closes = any(
        call.callee == "close" and call.scope.is_in(goroutine) and channel in map(dotted, call.arguments)
        for call in function.calls
    )
    sends = any(dotted(send.channel) == channel and send.scope.is_in(goroutine) for send in function.sends)
    return bool(channel) and (closes or sends)


def _ends_quietly(
    code: Code, servings: Servings, function: Site[Function], scope: Scope, since: int, depth: int
) -> bool:
    """Whether a program ends without waiting once control gets behind a place of a function."""
    if depth > _MOST_DEPTH or _may_wait(code, servings, function, scope, since):
        return False
    if function.node.name == "main" and not function.node.receiver:
        return True
    callers = code.callers(function)
    if len(callers) != 1:
        return False
    around, caller = callers[0].node.scope, callers[0].of(callers[0].function)
    is_plain = around.callable.kind == "function" and not is_detached(around) and not around.within("loop")
    return is_plain and _ends_quietly(code, servings, caller, around, callers[0].node.end, depth + 1)


def _may_wait(code: Code, servings: Servings, function: Site[Function], scope: Scope, since: int) -> bool:
    """Whether a function (literal) may wait for something after a place, or in what it deferred."""
    if next(_waits(function.node, scope, since), None) is not None:
        return True
    if any(select.start >= since for select in function.node.selects):
        return True
    for call in function.node.calls:
        is_own = call.scope.callable is scope.callable and not is_detached(call.scope) and call.start >= since
        counts = call.is_deferred or (is_own and not servings.server(function.of(call)))
        if counts and not _is_quiet(code, function.of(call)):
            return True
    return False


def _is_quiet(code: Code, site: Site[Call]) -> bool:
    """Whether a call is known to wait for nothing."""
    call = site.node
    if ends_process(call) or call.callee in _BUILT_IN:
        return True
    if call.package:
        return call.package in _QUIET_PACKAGES or call.package.startswith(_QUIET_MODULES)
    if not call.callee:
        return is_deferred_call(call)
    return call.method in _QUIET_METHODS and code.function(site) is None
