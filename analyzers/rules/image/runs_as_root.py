from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.lines import insert_before
from analyzers.model.image import Image, Stage
from analyzers.model.programs.program_files import needs_only_its_binary
from analyzers.model.repository import Repository
from analyzers.model.service import Service
from analyzers.model.services.root_user import (
    HOMES,
    ends_as_root,
    may_be_run_elsewhere,
    may_need_root,
    user_of,
)
from analyzers.model.services.starting import started_words
from analyzers.rule import Problem, rule

_USER = "USER 65532:65532"
_IDLE = frozenset({"cat", "sleep", "tail"})
"""What keeps a container there for a person to look into."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    services = repository.services
    claimed = [item for service in services for item in service.deployed]
    bases = {base.path for service in services for base in service.bases}
    for service in services:
        image = service.image
        if image is None or image.path in bases or not ends_as_root(image.final):
            continue
        if not _is_lasting(service) or _is_for_actions(repository, image.path):
            continue
        if may_need_root(service, repository.scripts) or _is_decided(service):
            continue
        if service.deployed or not may_be_run_elsewhere(repository.deployed, claimed):
            yield _problem(service, image)


def _is_lasting(service: Service) -> bool:
    """The image starts a program that serves: no tool that a person calls, and none that cannot be read."""
    words = started_words(service.image.final) if service.image else ()
    if not words or not service.is_started or posixpath.basename(words[0]) in _IDLE:
        return False
    program = service.program
    return bool(service.deployed) or (program is not None and program.serves)


def _is_for_actions(repository: Repository, path: str) -> bool:
    """GitHub wants the images of Docker actions to run as root."""
    names = ("action.yml", "action.yaml")
    return any(posixpath.join(posixpath.dirname(path), name) in repository.paths for name in names)


def _is_decided(service: Service) -> bool:
    """A workload says who runs it, or may say so."""
    return any(user_of(item.container) != "unsaid" for item in service.deployed)


def _problem(service: Service, image: Image) -> Problem:
    final = image.final
    at = final.user.at if final.user else final.base_at
    first = service.deployed[0].container.at if service.deployed else None
    case = ("explicit" if final.user else "", "deployed" if first else "")
    return Problem(
        at,
        values={"program": service.name, "partner": first or at},
        related=(Related(first, "sets no runAsNonRoot and no runAsUser"),) if first else (),
        fix=_fix(service, image),
        evidence=f"{final.name or 'the last stage'} ends as root",
        case="-".join(filter(None, case)),
    )


def _fix(service: Service, image: Image) -> Fix | None:
    """A numeric user above the command, where the program has no files of its own to open or write."""
    final, program = image.final, service.program
    entries = [entry for entry in (final.entrypoint, final.cmd) if entry and entry.at.line > final.at.line]
    is_alone = program is not None and needs_only_its_binary(program)
    if final.user or final.volumes or not entries or not is_alone or _is_closed(final):
        return None
    first = min(entries, key=lambda entry: entry.at.line)
    lines = [*(run.at.line for run in final.runs), *(copy.at.line for copy in final.copies)]
    if any(line > first.at.line for line in lines):
        return None
    return Fix((insert_before(first.at, _USER),))


def _is_closed(stage: Stage) -> bool:
    """The program lies in a folder that only its owner may enter, or it is not known where."""
    words = started_words(stage)
    place = posixpath.join(stage.workdir, words[0]) if words and "/" in words[0] else ""
    return not stage.workdir or f"{stage.workdir}/".startswith(HOMES) or place.startswith(HOMES)
