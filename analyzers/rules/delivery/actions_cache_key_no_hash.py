from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.pipeline import Cache, Job, Pipeline
from analyzers.model.pipelines.cache_keys import ChangesWith, changes_with, varying_parts
from analyzers.model.pipelines.dependency_folders import lock_files_of
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule

_CACHES = ("actions/cache", "actions/cache/restore")
_CASES = {"nothing": "", "branch": "branch", "commit": "commit"}


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for pipeline in repository.pipelines:
        for job in pipeline.jobs:
            for cache in job.caches:
                if cache.by in _CACHES and cache.key_at:
                    yield from _judge(repository, pipeline, job, cache, cache.key_at)


def _judge(
    repository: Repository, pipeline: Pipeline, job: Job, cache: Cache, at: Location
) -> Iterator[Problem]:
    kind = changes_with(cache.key)
    file = _lock_file(repository, cache) if kind in _CASES else ""
    if file and not (kind == "commit" and _serves(pipeline, job, cache)):
        yield Problem(
            at.start,
            values={"job": job.name, "path": cache.paths[0], "key": cache.key.strip(), "file": file},
            replacements=_fix(repository, cache, at, kind, file),
            evidence=cache.paths[0],
            case=_CASES[kind],
        )


def _lock_file(repository: Repository, cache: Cache) -> str:
    """The name of the file that decides what is in the cache, where the repository has it."""
    names = lock_files_of(cache.paths)
    present = {path.rpartition("/")[2] for path in repository.sources.tree} if names else ()
    return next((name for name in names if name in present), "")


def _serves(pipeline: Pipeline, job: Job, cache: Cache) -> bool:
    """A cache of one commit that starts from an older one, or is handed on to another job."""
    others = (other for each in pipeline.jobs if each is not job for other in each.caches)
    return bool(cache.fallback_keys) or any(other.key == cache.key for other in others)


def _fix(
    repository: Repository, cache: Cache, at: Location, kind: ChangesWith, file: str
) -> tuple[Replacement, ...]:
    """The hash in the place of the commit or branch, or behind a constant."""
    written = repository.text_at(at)
    quote = written[:1] if written[:1] in "\"'" else ""
    if "\n" in written or quote == "'" or written.strip('"') != cache.key:
        return ()
    hashed = f"${{{{ hashFiles('**/{file}') }}}}"
    parts = varying_parts(cache.key)
    key = f"{cache.key}-{hashed}"
    if kind != "nothing":
        key = cache.key.replace(parts[0], hashed)
    return (Replacement(at, f"{quote}{key}{quote}"),) if len(parts) < 2 else ()
