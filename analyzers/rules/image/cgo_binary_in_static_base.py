from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.image import Stage
from analyzers.model.images.base_image import is_glibc_golang
from analyzers.model.images.library_paths import lacks_glibc
from analyzers.model.images.static_builds import cgo_in, links_dynamically
from analyzers.model.programs.native_code import NativeCode, find_native_code, may_need_cgo
from analyzers.model.service import Service
from analyzers.model.services.building import BuildTarget
from analyzers.model.services.program_builds import program_builds
from analyzers.rule import Problem, Replacement, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    image, program = service.image, service.program
    if image is None or program is None or not lacks_glibc(image.final):
        return
    native = find_native_code(program)
    targets = [target for target in program_builds(service) if _is_glibc_build(target)]
    if native and len(targets) == 1:
        can_do_without = not native.is_needed and not may_need_cgo(program)
        yield _problem(service.name, image.final, native, targets[0], can_do_without)


def _is_glibc_build(target: BuildTarget) -> bool:
    root, run, command = target.stage.root, target.run, target.command
    return (
        is_glibc_golang(root.base.value if root.base else None)
        and cgo_in(run, command) in ("default", "on")
        and links_dynamically(run, command)
    )


def _problem(
    name: str, final: Stage, native: NativeCode, target: BuildTarget, can_do_without: bool
) -> Problem:
    root, at = final.root, target.command.word_at(0)
    is_mendable = can_do_without and cgo_in(target.run, target.command) == "default"
    return Problem(
        at,
        values={
            "program": name,
            "path": "import C" if native.path == "C" else native.path,
            "partner": native.at,
            "base": root.base.value.text if root.base and root.base.value else "scratch",
        },
        related=(
            Related(native.at, "asks for the C library"),
            Related(final.base_at, "has no glibc"),
        ),
        replacements=(Replacement(at, "CGO_ENABLED=0 go"),) if is_mendable else (),
        evidence=f"{name} {native.path}",
        case="needed" if native.is_needed else "",
    )
