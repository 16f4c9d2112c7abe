"""Build arguments that bring secrets into an image build, and where they get to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.image import Image, Run, Stage
from analyzers.model.modules.builds import lineage
from analyzers.model.repository import Repository
from analyzers.model.secrets.git_credentials import find_git_credentials
from analyzers.parsers.light import light_value
from analyzers.parsers.secret_value import asks_for_secret


@light_value
class SecretArgument:
    """An ARG without a value of its own, named as a secret. `runs` are those that expand it; `kept_at` is an
    ENV that takes it over; `ships` tells whether one of these is part of the image in the end."""

    name: str
    at: Location
    runs: tuple[Run, ...]
    kept_at: Location | None
    ships: bool


def find_secret_arguments(repository: Repository, image: Image) -> Iterator[SecretArgument]:
    """Those that something is done with: a name alone is no secret. What git is given is another finding."""
    stored = {(each.variable, each.run.at) for each in find_git_credentials(image) if each.run}
    shipped = {stage.index for stage in lineage(image.final)}
    for stage in image.used_stages:
        for name, fact in stage.args.items():
            is_open = fact.value is None and "=" not in repository.text_at(fact.at)
            if is_open and asks_for_secret(name) and _is_declared_in(stage, fact.at):
                runs = tuple(run for run in stage.runs if expands(repository, run, name))
                kept = _kept_at(repository, stage, name)
                is_told = any((name, run.at) in stored for run in runs)
                if (runs or kept) and not is_told:
                    yield SecretArgument(name, fact.at, runs, kept, stage.index in shipped)


def _is_declared_in(stage: Stage, at: Location) -> bool:
    """Not in the stage below, which is looked at itself."""
    return at.path == stage.path and at.line > stage.at.line


def expands(repository: Repository, run: Run, name: str) -> bool:
    """A RUN uses the argument, and not a secret mount of the same name."""
    if name not in run.env or any(mount.get("env") == name for mount in run.mounts):
        return False
    return mentions(repository.text_at(run.at), name)


def mentions(text: str, name: str) -> bool:
    """The text expands a variable: `$NAME`, `${NAME}`, `${NAME:-x}`."""
    return re.search(rf"\$(?:{re.escape(name)}\b|\{{{re.escape(name)}\b)", text) is not None


def _kept_at(repository: Repository, stage: Stage, name: str) -> Location | None:
    for fact in stage.env.values():
        if fact.value is None and mentions(repository.text_at(fact.at), name):
            return fact.at
    return None
