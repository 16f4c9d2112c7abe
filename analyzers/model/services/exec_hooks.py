"""Commands that Kubernetes runs inside a container: preStop hooks and exec probes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value

_TOOLS = frozenset(
    {
        *(
            "ash",
            "bash",
            "cat",
            "curl",
            "dash",
            "echo",
            "false",
            "grep",
            "kill",
            "killall",
            "ls",
            "nc",
            "netcat",
        ),
        *("pgrep", "pidof", "pkill", "ps", "sh", "sleep", "stat", "test", "touch", "true", "wget", "[", "rm"),
    }
)
"""Programs of the system, which no Go image has by itself."""


@light_value
class ExecHook:
    """`kind` is the field it stands in: `preStop`, `livenessProbe`."""

    at: Location
    kind: str
    words: tuple[str, ...]

    @property
    def tool(self) -> str:
        """The program of the system that it starts, empty for a program of the image's own."""
        path = self.words[0]
        name = posixpath.basename(path)
        is_usual = "/" not in path or posixpath.dirname(path) in ("/bin", "/usr/bin", "/usr/local/bin")
        return name if name in _TOOLS and is_usual else ""


def exec_hooks(container: Container) -> Iterator[ExecHook]:
    hook = container.prestop_seconds
    if hook and container.prestop_command:
        yield ExecHook(hook.at, "preStop", container.prestop_command)
    probes = (
        ("readinessProbe", container.readiness),
        ("livenessProbe", container.liveness),
        ("startupProbe", container.startup),
    )
    for name, probe in probes:
        if probe and probe.kind == "exec" and probe.command:
            yield ExecHook(probe.at, name, probe.command)
