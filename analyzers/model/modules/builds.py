"""Where the go command works on a module of the repository: in image stages and in CI jobs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from analyzers.model.command import Command
from analyzers.model.image import Image, Run, Stage
from analyzers.model.module import Module
from analyzers.model.pipeline import Job, Step
from analyzers.model.service import Service
from analyzers.model.services.go_targets import packages

_LOADING = frozenset({"build", "generate", "get", "install", "list", "run", "test", "vet"})
_LOADING_MODULES = frozenset({"download", "tidy", "vendor", "verify", "why", "graph"})


def loads_module(command: Command) -> bool:
    """The command reads the go.mod around it, and fetches what that asks for."""
    if command.name != "go" or len(command.words) < 2:
        return False
    verb, rest = command.words[1], command.words[2:]
    if verb == "mod":
        return bool(rest) and rest[0] in _LOADING_MODULES
    named = packages(rest)
    return verb in _LOADING and not (named and all("@" in name for name in named))


def loading_runs(stage: Stage) -> Iterator[tuple[Run, Command]]:
    """Every command of the stage that reads the go.mod around it, in order."""
    for run in stage.runs:
        for command in run.commands:
            if loads_module(command):
                yield run, command


def module_of(service: Service, modules: Sequence[Module]) -> Module | None:
    """The service's module; where no one program is known, the only one that its image copies in."""
    image = service.image
    if service.module or not image:
        return service.module
    copied = {
        source for stage in image.stages for copy in stage.copies if not copy.from_ for source in copy.sources
    }
    folders = {
        folder for source in copied for folder in (place_of(source, image), _folder_of_gomod(source, image))
    }
    found = [module for module in modules if module.directory in folders]
    return found[0] if len(found) == 1 else None


def module_stages(image: Image, module: Module) -> tuple[Stage, ...]:
    """The stages into which a module is copied and in which the go command reads it."""
    return tuple(
        stage
        for stage in image.stages
        if any(_brings(each, image, module) for each in lineage(stage)) and any(loading_runs(stage))
    )


def lineage(stage: Stage) -> Iterator[Stage]:
    """The stage and those it starts from."""
    current: Stage | None = stage
    while current:
        yield current
        current = current.parent


def _brings(stage: Stage, image: Image, module: Module) -> bool:
    """The stage copies or mounts the module's go.mod from the build context."""
    if any(mount.get("type") == "bind" and "from" not in mount for run in stage.runs for mount in run.mounts):
        return True
    copied = (source for copy in stage.copies if not copy.from_ for source in copy.sources)
    return any(covers(source, image, module) or is_gomod(source, image, module) for source in copied)


def covers(source: str, image: Image, module: Module) -> bool:
    """A source of a COPY is the folder of the module, or one around it."""
    place = place_of(source, image)
    return not place or module.directory == place or module.directory.startswith(place + "/")


def place_of(source: str, image: Image) -> str:
    """Where a source of a COPY lies in the repository ('' is the root)."""
    inside = posixpath.normpath(source).lstrip("/")
    place = posixpath.join(image.context, "" if inside in (".", "*") else inside)
    return place.rstrip("/")


def is_gomod(source: str, image: Image, module: Module) -> bool:
    """A source of a COPY is the module's go.mod itself."""
    return _folder_of_gomod(source, image) == module.directory


def _folder_of_gomod(source: str, image: Image) -> str | None:
    """The folder of the go.mod that a source of a COPY is; None for anything else."""
    folder, name = posixpath.split(place_of(source, image))
    return folder if name in ("go.mod", "go.*", "go.mod*") else None


def module_of_step(job: Job, step: Step, modules: Sequence[Module]) -> Module | None:
    """The module in whose folder a step's go commands run; None where the step moves about."""
    if not modules or (step.directory is not None and step.directory.value is None):
        return None
    folder = posixpath.normpath(step.directory.value or ".") if step.directory else "."
    found = next((module for module in modules if module.directory == folder.removeprefix(".")), None)
    return None if found is None or _moves_about(job, step) else found


def _moves_about(job: Job, step: Step) -> bool:
    """Another folder is gone to in the same shell: a GitLab job has one for all its scripts."""
    commands = job.commands if job.system == "gitlab" else step.commands
    return any(command.name in ("cd", "pushd") or "-C" in command.words for command in commands)
