from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.lines import line_at
from analyzers.model.pipeline import Cache, Job
from analyzers.model.pipelines.dependency_folders import lock_files_of
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_BRANCH = re.compile(
    r"CI_COMMIT_(?:REF_SLUG|REF_NAME|BRANCH)\b|CI_MERGE_REQUEST_(?:IID|SOURCE_BRANCH_NAME)\b"
)
_KEY_LINE = re.compile(r"(?P<indent>\s*)key:\s+(?:\"[^\"]*\"|'[^']*'|[^\s#&*{\[|>\"'][^#&{\[]*)")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for job in repository.jobs:
        if job.system == "gitlab":
            yield from _judge(repository, job)


def _judge(repository: Repository, job: Job) -> Iterator[Problem]:
    for cache in job.caches:
        by = _BRANCH.search(cache.key)
        names = lock_files_of(cache.paths)
        if not by or not names or cache.key_at is None:
            continue
        found = _lock_file(repository, names)
        yield Problem(
            cache.key_at,
            values={"key": cache.key, "paths": ", ".join(cache.paths[:2]), "file": found or names[0]},
            fix=_fix(repository, cache, found) if found else None,
            evidence=" ".join(cache.paths),
            case="fallback" if _falls_back(job, cache) else "",
        )


def _falls_back(job: Job, cache: Cache) -> bool:
    """A new branch starts from another branch's cache."""
    return bool(cache.fallback_keys) or "CACHE_FALLBACK_KEY" in job.env


def _lock_file(repository: Repository, names: tuple[str, ...]) -> str | None:
    """The one file of the repository that decides what is in the cache."""
    tree = repository.sources.tree
    for name in names:
        found = [path for path in tree if posixpath.basename(path) == name and "vendor/" not in path]
        if len(found) == 1 or name in found:
            return name if name in found else found[0]
    return None


def _fix(repository: Repository, cache: Cache, file: str) -> Fix | None:
    """`key:` with what follows it in one line becomes a mapping; the job's name stays a part of the key."""
    assert cache.key_at
    at = cache.key_at
    key = _KEY_LINE.fullmatch(line_at(repository.text(at.path) or "", at).rstrip())
    if key is None:
        return None
    indent = key["indent"]
    lines = [f"{indent}key:", f"{indent}  files: [{file}]"]
    if "CI_JOB_NAME" in cache.key:
        lines.append(f"{indent}  prefix: $CI_JOB_NAME")
    return Fix((Edit(at.path, at.line, at.line, "\n".join(lines)),))
