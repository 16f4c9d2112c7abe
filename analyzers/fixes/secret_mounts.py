"""Dockerfiles in which a build argument becomes a secret mount.

https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.finding import Edit, Fix, Location
from analyzers.model.image import Run

_OLD_SYNTAX = re.compile(r"^#\s*syntax\s*=\s*\S+:1\.\d(?!\d)", re.M)
"""Before 1.10 a secret could be mounted as a file only."""
_RUN = re.compile(r"\s*RUN\s+", re.I)


def mount_instead(text: str, argument: Location, name: str, runs: Sequence[Run]) -> Fix | None:
    """The ARG taken away, each RUN that expands it given the secret as a variable of the same name.

    None where something else of the Dockerfile needs the argument.
    """
    lines = text.split("\n")
    declaration = re.compile(rf"\s*ARG\s+{re.escape(name)}(?:=\S*)?\s*", re.I)
    declared = [line for line in lines if re.match(rf"\s*ARG\s+.*\b{re.escape(name)}\b", line, re.I)]
    if len(declared) != 1 or not declaration.fullmatch(declared[0]) or _OLD_SYNTAX.search(text):
        return None
    inside = {number for run in runs for number in range(run.at.line, run.at.span.end_line + 1)}
    others = (line for number, line in enumerate(lines, 1) if number not in inside | {argument.line})
    if not runs or any(re.search(rf"\b{re.escape(name)}\b", line) for line in others):
        return None
    starts = [(run.at, _RUN.match(lines[run.at.line - 1])) for run in runs]
    mount = f"--mount=type=secret,id={name},env={name} "
    edits = [
        Edit(at.path, at.line, at.line, f"{start[0]}{mount}{lines[at.line - 1][start.end() :]}")
        for at, start in starts
        if start
    ]
    if len(edits) < len(runs) or "\r" in text:
        return None
    return Fix((Edit(argument.path, argument.line, argument.line, ""), *edits))
