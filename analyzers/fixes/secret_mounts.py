"""Dockerfiles in which a build argument becomes a secret mount.

https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.finding import Edit, Fix, Location
from analyzers.model.image import Run
from analyzers.model.modules.builds import loading_runs
from analyzers.model.secrets.git_credentials import StoredCredentials

_OLD_SYNTAX = re.compile(r"^#\s*syntax\s*=\s*\S+:1\.\d(?!\d)", re.M)
"""Before 1.10 a secret could be mounted as a file only."""
_NETRC = "--mount=type=secret,id=netrc,target=/root/.netrc"
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


def netrc_instead(text: str, stored: StoredCredentials) -> Fix | None:
    """What stores the credentials taken away, each later RUN that loads modules given a `.netrc` for itself.

    None where something else of the stage may need them, or its home is not known.
    """
    stage = stored.stage
    step = stored.run or stored.copy
    if (
        step is None
        or stage.user is not None
        or "\r" in text
        or (stored.run and len(stored.run.commands) > 1)
    ):
        return None
    loading = {run.index: run for run, _ in loading_runs(stage) if run.index > step.index}
    needs_more = any(
        command.name == "git" for run in stage.runs if run is not step for command in run.commands
    )
    lines = text.split("\n")
    starts = [(run.at, _RUN.match(lines[run.at.line - 1])) for run in loading.values()]
    argument = _line_of_argument(lines, stored) if stored.variable else 0
    if not loading or needs_more or argument is None or not all(start for _, start in starts):
        return None
    edits = [
        Edit(at.path, at.line, at.line, f"{start[0]}{_NETRC} {lines[at.line - 1][start.end() :]}")
        for at, start in starts
        if start
    ]
    if argument:
        edits.append(Edit(stage.path, argument, argument, ""))
    return Fix((Edit(stage.path, step.at.line, step.at.span.end_line, ""), *edits))


def _line_of_argument(lines: Sequence[str], stored: StoredCredentials) -> int | None:
    """The line that declares the argument and that nothing else needs; None where it must stay."""
    name = re.escape(stored.variable)
    assert stored.run
    inside = range(stored.run.at.line, stored.run.at.span.end_line + 1)
    told = [
        number
        for number, line in enumerate(lines, 1)
        if number not in inside and re.search(rf"\b{name}\b", line)
    ]
    if len(told) != 1 or not re.fullmatch(rf"\s*ARG\s+{name}\s*", lines[told[0] - 1], re.I):
        return None
    return told[0]
