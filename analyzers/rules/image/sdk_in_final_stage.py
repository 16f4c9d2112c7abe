from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.image import Copy, Image, ImageRef
from analyzers.model.images.base_image import STATIC_BASE, is_sdk, official_name
from analyzers.model.images.static_builds import is_built_static
from analyzers.model.modules.builds import lineage
from analyzers.model.programs.program_files import may_run_go, needs_only_its_binary
from analyzers.model.repository import Repository
from analyzers.model.service import Service
from analyzers.model.services.program_builds import program_builds
from analyzers.model.services.root_user import HOMES, LAST_PRIVILEGED_PORT
from analyzers.model.services.starting import started_words
from analyzers.rule import Problem, Replacement, rule

_TOOLS = frozenset(
    {"air", "bazel", "cargo", "dlv", "go", "gradle", "gradlew", "make", "mvn", "mvnw", "rustc"}
)
_SMALLER = {
    "golang": STATIC_BASE,
    "rust": "gcr.io/distroless/cc-debian12:nonroot",
    "mcr.microsoft.com/dotnet/sdk": "mcr.microsoft.com/dotnet/aspnet",
}
_JAVA = "eclipse-temurin in its `jre` variant"


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        root = image.final.root
        base = root.base.value if root.base else None
        copy = _brought_program(image)
        if base is None or not is_sdk(base) or copy is None or _works_with_tools(image):
            continue
        services = [
            each
            for each in repository.services
            if each.image and each.image.path == image.path and each.program
        ]
        if official_name(base) == "golang" and not services:
            continue
        if not any(service.program and may_run_go(service.program) for service in services):
            yield _problem(image, base, copy, services)


def _brought_program(image: Image) -> Copy | None:
    """The COPY from an earlier stage that brings what a container starts."""
    final = image.final
    paths = [posixpath.normpath(posixpath.join(final.workdir or "/", word)) for word in started_words(final)]
    for copy in (copy for stage in lineage(final) for copy in stage.copies if image.stage(copy.from_)):
        target = copy.resolved_target
        if target and any(f"{path}/".startswith(f"{target.rstrip('/')}/") for path in paths):
            return copy
        if {posixpath.basename(source) for source in copy.sources} & set(started_words(final)[:1]):
            return copy
    return None


def _works_with_tools(image: Image) -> bool:
    """A container starts a build tool, or the last stage builds something itself."""
    words = started_words(image.final)[:1]
    names = {command.name for run in image.final.runs for command in run.commands}
    return not _TOOLS.isdisjoint({*map(posixpath.basename, words), *names})


def _problem(image: Image, base: ImageRef, copy: Copy, services: list[Service]) -> Problem:
    final = image.final
    is_mendable = not final.parent and len(services) == 1 and _can_move(image, services[0])
    return Problem(
        final.base_at,
        values={"image": base.text, "smaller": _SMALLER.get(official_name(base), _JAVA)},
        related=(Related(copy.at, "brings the finished program"),),
        replacements=(Replacement(final.base_at, STATIC_BASE),) if is_mendable else (),
        evidence=f"the base of {final.name or 'the last stage'}",
    )


def _can_move(image: Image, service: Service) -> bool:
    """A static binary that needs nothing but itself, started by its path, on a port that anybody may open."""
    final, targets = image.final, list(program_builds(service))
    entry = final.entrypoint or final.cmd
    if not entry or not entry.words or not entry.words[0].startswith("/") or final.runs or final.volumes:
        return False
    if entry.words[0].startswith(HOMES) or final.user or final.healthcheck:
        return False
    if any((p.value or 0) <= LAST_PRIVILEGED_PORT for p in final.exposes):
        return False
    is_alone = service.program is not None and needs_only_its_binary(service.program)
    return is_alone and bool(targets) and all(is_built_static(each.run, each.command) for each in targets)
