"""Manifests in which a value gives way to a reference."""

from __future__ import annotations

import re

from analyzers.finding import Edit, Fix
from analyzers.model.workload import EnvVar, Workload

_VALUE = re.compile(r"(?P<indent>\s+)value:\s+\S")


def refer_to_secret(text: str, workload: Workload, variable: EnvVar) -> Fix | None:
    """`valueFrom` in the place of a `value` that has its line to itself."""
    at = variable.value_at
    if at is None or at.path != workload.path or at.span.line != at.span.end_line:
        return None
    line = text.split("\n")[at.line - 1].rstrip("\r")
    written = _VALUE.match(line)
    if written is None or "\r" in text:
        return None
    indent = written["indent"]
    lines = (
        f"{indent}valueFrom:",
        f"{indent}  secretKeyRef:",
        f"{indent}    name: {secret_of(workload)}",
        f"{indent}    key: {variable.name}",
    )
    return Fix((Edit(at.path, at.line, at.line, "\n".join(lines)),))


def secret_of(workload: Workload) -> str:
    """The only Secret that the workload's containers ask, or one named like the workload."""
    asked = {
        name
        for container in (*workload.containers, *workload.init_containers)
        for kind, name in (
            *((variable.source, variable.object_name) for variable in container.env),
            *((source.kind, source.name) for source in container.env_sources),
        )
        if kind == "secret" and name
    }
    return asked.pop() if len(asked) == 1 else workload.name
