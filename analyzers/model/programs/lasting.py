"""Programs that run on, and are no command that ends by itself."""

from __future__ import annotations

import re

from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening

_TOOL = re.compile(r"ctl$|^cli$|[-_]cli$|^kubectl[-_]")

_PLUGIN_STARTS = tuple(
    f"github.com/containernetworking/cni/pkg/skel.PluginMain{form}"
    for form in ("", "Funcs", "WithError", "FuncsWithError")
)


def is_lasting(program: Program) -> bool:
    """It listens, itself or in a framework, or waits for the signal to stop; and is no command line tool.

    Such a tool may do both for a while: by its name or its folder's it is left out. A plugin of the cluster's
    network runs once for each pod.
    """
    if any(site.package is program.packages[0] for site in program.calls(*_PLUGIN_STARTS)):
        return False
    if any(_TOOL.search(name[-100:]) for name in (program.name, program.directory.rpartition("/")[2])):
        return False
    return program.serves or program.handles_signals or hides_listening(program.code)
