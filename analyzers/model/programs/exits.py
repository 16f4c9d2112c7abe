"""Calls that end the process at once, and the deferred calls that never run for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.flow import is_detached
from analyzers.model.programs.lifetime import Exit
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call

_CALLS = ("os.Exit", "syscall.Exit", "k8s.io/klog.Exit", "github.com/spf13/cobra.CheckErr")
_LOGGERS = (
    "log",
    "github.com/sirupsen/logrus",
    "github.com/rs/zerolog",
    "github.com/golang/glog",
    "k8s.io/klog",
    "go.uber.org/zap",
    "github.com/apex/log",
)
_FATAL = ("Fatal", "Fatalf", "Fatalln", "Fatalw", "FatalCtx")
ENDING_NAMES = frozenset((*_FATAL, *(name.rpartition(".")[2] for name in _CALLS)))
"""The last names of calls that may end the process."""
_TESTING = ("t", "b", "tb", "tt")
_MOST_EXITS = 200
_MOST_DEPTH = 3
_MOST_DEFERRED = 100
"""Of one function."""


def ends_process(call: Call) -> bool:
    """`os.Exit`, and what loggers call Fatal: they end the process without running what was deferred.

    A panic is none of these: it runs the deferred calls. A logger of the program's own may do anything.
    """
    if call.callee in _CALLS:
        return True
    if call.method not in _FATAL:
        return False
    if call.package:
        return call.package.startswith(_LOGGERS)
    receiver = call.callee.rpartition(".")[0].lower()
    return (
        bool(receiver)
        and receiver not in _TESTING
        and receiver.rpartition(".")[2].endswith(("log", "logger"))
    )


def surely_ends(code: Code, site: Site[Call], depth: int = 0) -> bool:
    """The same for a Fatal of the program's own, that ends the process whatever else it does."""
    if ends_process(site.node):
        return True
    function = code.function(site) if site.node.method in _FATAL and depth < _MOST_DEPTH else None
    return function is not None and any(
        call.scope.kind == "function" and surely_ends(code, function.of(call), depth + 1)
        for call in function.node.calls
    )


def find_exits(code: Code) -> tuple[Exit, ...]:
    """Calls that end the process although their function has deferred something before."""
    ends = groupby(filter(_ends, code.named(ENDING_NAMES)), key=lambda site: id(site.function))
    found = (exit_ for _, sites in ends for exit_ in _exits(list(sites)))
    return tuple(islice(found, _MOST_EXITS))


def _ends(site: Site[Call]) -> bool:
    return ends_process(site.node)


def _exits(ends: Sequence[Site[Call]]) -> Iterator[Exit]:
    """`ends` are the calls of one function that end the process."""
    function = ends[0].of(ends[0].function)
    deferred = list(islice(filter(is_deferred_call, function.node.calls), _MOST_DEFERRED))
    for call in (site.node for site in ends):
        if not is_detached(call.scope):
            skipped = tuple(
                function.locate(other)
                for other in deferred
                if other.end <= call.start and _is_around(other, call)
            )
            if skipped:
                is_main = function.node.name == "main" and call.scope.callable.kind == "function"
                yield Exit(function.locate(call), call.callee, skipped, is_main)


def _is_around(deferred: Call, call: Call) -> bool:
    """Whether a `defer` has run whenever control gets to a call of the same function (literal)."""
    block = deferred.scope.parent
    is_same = deferred.scope.callable is call.scope.callable
    return block is not None and is_same and call.scope.is_in(block)


def is_deferred_call(call: Call) -> bool:
    """The call of a `defer` statement itself, not one among its arguments or in its function literal."""
    return call.scope.kind == "defer" and call.end == call.scope.end
