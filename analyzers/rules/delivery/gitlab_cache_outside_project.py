from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Location
from analyzers.fixes.lines import replace_at
from analyzers.model.modules.builds import loads_module
from analyzers.model.modules.go_release import is_go_image
from analyzers.model.pipeline import Cache, Job
from analyzers.model.pipelines.dependency_folders import lock_files_of
from analyzers.model.pipelines.go_folders import go_folders, place_of_path
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_INSIDE = ".go/pkg/mod"
_VARIABLES = re.compile(r"^variables:[ \t]*(?:#.*)?\n(?P<indent>[ ]+)\S", re.M)


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for job in repository.jobs:
        if job.system == "gitlab":
            yield from _judge(repository, job)


def _judge(repository: Repository, job: Job) -> Iterator[Problem]:
    for cache in job.caches:
        places = cache.paths_at if len(cache.paths_at) == len(cache.paths) else ()
        for path, at in zip(cache.paths, places, strict=False):
            if lock_files_of((path,)) == ("go.sum",):
                yield from _judge_path(repository, job, cache, path, at)


def _judge_path(repository: Repository, job: Job, cache: Cache, path: str, at: Location) -> Iterator[Problem]:
    place = place_of_path(path, job, repository.text_at)
    values = {"path": path, "job": job.name, "wanted": _INSIDE}
    if place == "outside":
        fix = _move(repository, cache, at)
        yield Problem(at, values=values, fix=fix, evidence=path)
    elif place == "inside" and _downloads_elsewhere(repository, job):
        yield Problem(at, values=values, evidence=path, case="unset", fix=_point(repository, path, at))


def _downloads_elsewhere(repository: Repository, job: Job) -> bool:
    """The official image keeps modules in /go, and nothing in the job tells it otherwise."""
    image = job.image.value if job.image else None
    if image is None or not is_go_image(image) or not job.is_complete:
        return False
    is_set = any(place != "outside" for place in go_folders(job, repository.text_at))
    is_linked = any(command.name in ("ln", "cp", "mv", "rsync", "tar") for command in job.commands)
    return any(map(loads_module, job.commands)) and not is_set and not is_linked


def _move(repository: Repository, cache: Cache, at: Location) -> Fix | None:
    """The folder inside the project, and Go told to use it; None where another path goes with it."""
    variable = _set_folder(repository, at, f"GOMODCACHE: $CI_PROJECT_DIR/{_INSIDE}")
    text = repository.text(at.path) or ""
    is_alone = sum(lock_files_of((path,)) == ("go.sum",) for path in cache.paths) == 1
    if variable is None or not is_alone or "pkg/mod" not in repository.text_at(at):
        return None
    return Fix((variable, replace_at(text, at, _INSIDE)))


def _point(repository: Repository, path: str, at: Location) -> Fix | None:
    """Go told to use the folder that is cached."""
    folder = re.sub(r"^(?:\$\{?CI_PROJECT_DIR\}?/|\./)", "", path).rstrip("/")
    name = "GOMODCACHE" if folder.endswith("pkg/mod") else "GOPATH"
    is_plain = re.fullmatch(r"[\w./-]+", folder) and (name == "GOMODCACHE" or "mod" not in folder)
    edit = _set_folder(repository, at, f"{name}: $CI_PROJECT_DIR/{folder}") if is_plain else None
    return Fix((edit,)) if edit else None


def _set_folder(repository: Repository, at: Location, line: str) -> Edit | None:
    """A variable for all jobs of the file; None where it has some in no plain block."""
    text = repository.text(at.path) or ""
    if found := _VARIABLES.search(text):
        number = text.count("\n", 0, found.start()) + 2
        return Edit(at.path, number, number - 1, f"{found['indent']}{line}")
    if re.search(r"^(?:variables:|---|spec:|%)", text, re.M) or "\r" in text:
        return None
    return Edit(at.path, 1, 0, f"variables:\n  {line}\n")
