"""Programs that run on, and are no command that ends by itself."""

from __future__ import annotations

import re

from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening
from analyzers.parsers.go import Function

_TOOL = re.compile(r"ctl$|^cli$|[-_]cli$|^kubectl[-_]")

_PLUGIN_STARTS = tuple(
    f"github.com/containernetworking/cni/pkg/skel.PluginMain{form}"
    for form in ("", "Funcs", "WithError", "FuncsWithError")
)


def is_tool(program: Program) -> bool:
    """A command line tool by its name or its folder's, which people run; it may listen for a moment."""
    return any(_TOOL.search(name[-100:]) for name in (program.name, program.directory.rpartition("/")[2]))


def is_lasting(program: Program) -> bool:
    """It listens, itself or in a framework, or waits for the signal to stop; and is no command line tool.

    Such a tool may do both for a while: by its name or its folder's it is left out. A plugin of the cluster's
    network runs once for each pod.
    """
    if any(site.package is program.packages[0] for site in program.calls(*_PLUGIN_STARTS)):
        return False
    if is_tool(program):
        return False
    return program.serves or hides_listening(program.code) or _waits_for_its_end(program)


def _waits_for_its_end(program: Program) -> bool:
    """A context that a signal cancels, only handed on, ends the work in hand and keeps no program running."""
    if program.has_signal_library:
        return True
    handlings = [handling for handling in program.signals if handling.is_about_ending]
    if any(handling.kind == "channel" for handling in handlings):
        return True
    return bool(handlings) and any(
        _waits_for_context(function) or (package is program.packages[0] and _loops_without_end(function))
        for package, _, function in program.code.reached
    )


def _waits_for_context(function: Function) -> bool:
    channels = (receive.channel for receive in function.receives)
    return any(channel.kind == "call" and channel.text.endswith(".Done") for channel in channels)


def _loops_without_end(function: Function) -> bool:
    loops = (call.scope.within("loop") for call in function.calls)
    return any(loop is not None and loop.condition is None for loop in loops)
