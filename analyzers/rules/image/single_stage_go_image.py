from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.lines import line_at
from analyzers.model.builds.purposes import is_aside
from analyzers.model.command import Command
from analyzers.model.image import Entry, Image, Run, Stage
from analyzers.model.images.base_image import STATIC_BASE
from analyzers.model.images.static_builds import built_binary, is_built_static
from analyzers.model.images.whole_context import whole_copies
from analyzers.model.modules.builds import lineage, loading_runs
from analyzers.model.programs.program_files import may_run_go, needs_only_its_binary
from analyzers.model.service import Service
from analyzers.model.services.building import is_golang
from analyzers.model.services.go_targets import builds_go
from analyzers.model.services.root_user import HOMES, LAST_PRIVILEGED_PORT
from analyzers.model.services.starting import WATCHERS
from analyzers.rule import Problem, rule

_TOOLS = frozenset({"dlv", "go", "golangci-lint", "make", "mage", "task"}) | WATCHERS
_BUILDERS = frozenset({"make", "mage", "task"})


@rule
def check(service: Service) -> Iterator[Problem]:
    image = service.image
    if image is None or not is_golang(image.final) or not _is_one_chain(image):
        return
    stage = image.final
    entry = stage.entrypoint or stage.cmd
    build = _build(image, service)
    if build is None or entry is None or _keeps_toolchain(image, entry):
        return
    program, base = service.program, stage.root.base
    if is_aside(stage.name) or (program is not None and may_run_go(program)):
        return
    yield Problem(
        stage.base_at,
        values={
            "program": service.name,
            "image": base.value.text if base and base.value else "",
        },
        related=(Related(build[1].at, "makes all that is needed"),),
        fix=_fix(image, *build, entry) if _is_alone(service, image) else None,
        evidence="the only stage",
    )


def _is_one_chain(image: Image) -> bool:
    """Nothing is copied from one stage to another: each starts from the one before."""
    chain = {stage.index for stage in lineage(image.final)}
    return all(stage.index in chain for stage in image.used_stages)


def _build(image: Image, service: Service) -> tuple[Run, Command] | None:
    """What builds the program: the go command, or make and its like in an image that has the source."""
    for stage in lineage(image.final):
        if found := next((found for found in loading_runs(stage) if builds_go(found[1])), None):
            return found
    if service.program is None or not any(whole_copies(image)):
        return None
    runs = (run for stage in lineage(image.final) for run in stage.runs)
    made = ((run, command) for run in runs for command in run.commands if command.name in _BUILDERS)
    return next(made, None)


def _keeps_toolchain(image: Image, entry: Entry) -> bool:
    """The container is there to run Go's tools, or loads plugins that the same toolchain must build."""
    words = entry.words or (entry.commands[0].words if entry.commands else ())
    commands = (command for stage in lineage(image.final) for run in stage.runs for command in run.commands)
    plugins = any("-buildmode=plugin" in command.words for command in commands)
    return plugins or not _TOOLS.isdisjoint(map(posixpath.basename, words[:1]))


def _is_alone(service: Service, image: Image) -> bool:
    return len(image.stages) == 1 and service.program is not None and needs_only_its_binary(service.program)


def _fix(image: Image, run: Run, build: Command, entry: Entry) -> Fix | None:
    """A last stage with the binary alone, where it is sure that nothing is lost by it."""
    stage, binary = image.final, built_binary(run, build)
    if binary is None or not entry.words or not is_built_static(run, build):
        return None
    if posixpath.join(stage.workdir, posixpath.normpath(entry.words[0])) != binary:
        return None
    if (
        binary.startswith(HOMES)
        or not _ends_plainly(stage, run)
        or stage.at.span.line != stage.at.span.end_line
    ):
        return None
    from_line = line_at(image.text, stage.at)
    named = Edit(image.path, stage.at.line, stage.at.line, f"{from_line} AS build")
    workdir = [] if entry.words[0].startswith("/") else [f"WORKDIR {stage.workdir}"]
    lines = ["", f"FROM {STATIC_BASE}", *workdir, f"COPY --from={stage.name or 'build'} {binary} {binary}"]
    below = run.at.span.end_line + 1
    added = Edit(image.path, below, below - 1, "\n".join(lines))
    return Fix((added,) if stage.name else (named, added))


def _ends_plainly(stage: Stage, run: Run) -> bool:
    """After the build only ports, settings and the command follow; before it nothing that would be lost."""
    indexes = [*(other.index for other in stage.runs), *(copy.index for copy in stage.copies)]
    odd = (stage.user, stage.healthcheck, stage.stopsignal, *stage.labels)
    lost = [
        name for name, fact in stage.env.items() if fact.at < run.at and not name.startswith(("GO", "CGO_"))
    ]
    ports = all(port.at > run.at and (port.value or 0) > LAST_PRIVILEGED_PORT for port in stage.exposes)
    return not (max(indexes) > run.index or any(odd) or lost) and ports and stage.workdir == run.workdir
