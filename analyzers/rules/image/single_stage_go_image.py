from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.lines import line_at
from analyzers.model.command import Command
from analyzers.model.image import Entry, Image, Run, Stage
from analyzers.model.images.static_builds import built_binary, is_built_static
from analyzers.model.modules.builds import loading_runs
from analyzers.model.programs.program_files import needs_only_its_binary
from analyzers.model.service import Service
from analyzers.model.services.building import is_golang
from analyzers.model.services.go_targets import builds_go
from analyzers.rule import Problem, rule

_FINAL_BASE = "gcr.io/distroless/static-debian12:nonroot"
_TOOLS = frozenset({"air", "dlv", "go", "golangci-lint", "make", "reflex", "CompileDaemon"})
_LAST_PRIVILEGED_PORT = 1023


@rule
def check(service: Service) -> Iterator[Problem]:
    image = service.image
    if image is None or len(image.stages) > 1 or not is_golang(image.final):
        return
    stage = image.final
    build = next((found for found in loading_runs(stage) if builds_go(found[1])), None)
    entry = stage.entrypoint or stage.cmd
    if build is None or entry is None or _keeps_toolchain(stage, entry):
        return
    yield Problem(
        stage.base_at,
        values={
            "program": service.name,
            "image": stage.base.value.text if stage.base and stage.base.value else "",
        },
        related=(Related(build[1].at, "makes all that is needed"),),
        fix=_fix(image, *build, entry) if _is_alone(service) else None,
        evidence="the only stage",
    )


def _keeps_toolchain(stage: Stage, entry: Entry) -> bool:
    """The container is there to run Go's tools, or loads plugins that the same toolchain must build."""
    words = entry.words or (entry.commands[0].words if entry.commands else ())
    plugins = any("-buildmode=plugin" in command.words for run in stage.runs for command in run.commands)
    return plugins or not _TOOLS.isdisjoint(map(posixpath.basename, words[:1]))


def _is_alone(service: Service) -> bool:
    return service.program is not None and needs_only_its_binary(service.program)


def _fix(image: Image, run: Run, build: Command, entry: Entry) -> Fix | None:
    """A last stage with the binary alone, where it is sure that nothing is lost by it."""
    stage, binary = image.final, built_binary(run, build)
    if binary is None or not entry.words or not is_built_static(run, build):
        return None
    if posixpath.join(stage.workdir, posixpath.normpath(entry.words[0])) != binary:
        return None
    if not _ends_plainly(stage, run) or stage.at.span.line != stage.at.span.end_line:
        return None
    from_line = line_at(image.text, stage.at)
    named = Edit(image.path, stage.at.line, stage.at.line, f"{from_line} AS build")
    workdir = [] if entry.words[0].startswith("/") else [f"WORKDIR {stage.workdir}"]
    lines = ["", f"FROM {_FINAL_BASE}", *workdir, f"COPY --from={stage.name or 'build'} {binary} {binary}"]
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
    ports = all(port.at > run.at and (port.value or 0) > _LAST_PRIVILEGED_PORT for port in stage.exposes)
    return not (max(indexes) > run.index or any(odd) or lost) and ports and stage.workdir == run.workdir
