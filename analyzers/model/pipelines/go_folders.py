"""Where a GitLab job keeps what the go command downloads, seen from the folder that GitLab can cache.

Only paths inside the project are cached: https://docs.gitlab.com/ci/yaml/#cachepaths
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.pipeline import Job

Place = Literal["inside", "outside", "unknown"]
FOLDERS = ("GOMODCACHE", "GOPATH")
_PROJECT = re.compile(r"\$\{?(?:CI_PROJECT_DIR|PWD)\b")
_VARIABLE = re.compile(r"\$\{?(\w+)")
_BUILDS = "/builds/"
"""Where most runners check out: an absolute path below it may be inside."""


def place_of_path(
    path: str, job: Job, text_at: Callable[[Location], str], *, is_value: bool = False
) -> Place:
    """Whether a path of a job lies in its project. A variable in front is followed once."""
    if _PROJECT.match(path):
        return "inside"
    variable = _VARIABLE.match(path)
    raw = _raw(variable[1], job, text_at) if variable and not is_value else None
    if raw:
        return place_of_path(raw, job, text_at, is_value=True)
    if "$" in path or path.startswith(("~", _BUILDS)):
        return "unknown"
    return "outside" if path.startswith("/") else "inside"


def go_folders(job: Job, text_at: Callable[[Location], str]) -> Iterator[Place]:
    """Where each variable puts them that the job's configuration or scripts set."""
    for name in FOLDERS:
        if name in job.env:
            yield place_of_path(_raw(name, job, text_at) or "$", job, text_at)
    if any(name in text for command in job.commands for text in _texts(command) for name in FOLDERS):
        yield "unknown"


def _texts(command: Command) -> Iterator[str]:
    yield from command.words
    yield from command.assignments


def _raw(name: str, job: Job, text_at: Callable[[Location], str]) -> str | None:
    """A variable's value as written."""
    fact = job.env.get(name)
    return text_at(fact.at).strip("\"'") if fact else None
