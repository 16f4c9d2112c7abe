from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.pipeline import Job, Pipeline, Step
from analyzers.model.pipelines.checkouts import has_plain_checkout
from analyzers.model.pipelines.expressions import hash_calls
from analyzers.model.pipelines.file_patterns import find_matches
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule

_CACHES = ("actions/cache", "actions/cache/restore")
_FOREIGN = ("node_modules/", "vendor/", "third_party/", "testdata/")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for pipeline in () if repository.sources.is_partial else repository.pipelines:
        if pipeline.system == "github" and "workflow_call" not in pipeline.events:
            yield from _judge(repository, pipeline)


def _judge(repository: Repository, pipeline: Pipeline) -> Iterator[Problem]:
    for job in pipeline.jobs:
        for index, step in enumerate(job.steps):
            asked = _asked(step)
            if asked and has_plain_checkout(job.steps[:index]):
                fact, calls = asked
                if all(find_matches(call, repository.sources.tree) is False for call in calls):
                    yield _problem(repository, job, step, fact, calls)


def _asked(step: Step) -> tuple[Fact[str], Sequence[Sequence[str]]] | None:
    """The input of a step that names files to hash, and the patterns of each hash."""
    if step.uses in _CACHES and "key" in step.inputs:
        calls = hash_calls(step.written.get("key", ""))
        return (step.inputs["key"], calls) if calls else None
    files = step.inputs.get("cache-dependency-path")
    if step.uses.startswith("actions/setup-") and files and files.value and _is_caching(step):
        return files, (files.value.splitlines(),)
    return None


def _is_caching(step: Step) -> bool:
    """setup-go does by itself; the others where they are told for which package manager."""
    default = "true" if step.uses == "actions/setup-go" else "false"
    return step.written.get("cache", default).strip() not in ("", "false")


def _problem(
    repository: Repository, job: Job, step: Step, fact: Fact[str], calls: Sequence[Sequence[str]]
) -> Problem:
    pattern = calls[0][0].strip()
    found = _meant(repository, pattern)
    at = fact.at.part(repository.text_at(fact.at), pattern)
    is_plain = sum(map(len, calls)) == 1 and repository.text_at(at) == pattern
    new = f'"{found}"' if at == fact.at and found.startswith("*") else found
    return Problem(
        fact.at.start,
        values={"job": job.name, "pattern": pattern, "action": step.uses, "hint": found or "one that exists"},
        replacements=(Replacement(at, new),) if found and is_plain else (),
        evidence=f"{step.uses} {pattern}",
        case="" if step.uses in _CACHES else "setup-go" if step.uses == "actions/setup-go" else "setup",
    )


def _meant(repository: Repository, pattern: str) -> str:
    """Where files of that name lie: the one there is, or a pattern for several; empty without one."""
    name = posixpath.basename(pattern)
    found = [
        path
        for path in repository.sources.tree
        if path.endswith(name)
        and posixpath.basename(path) == name
        and not any(folder in f"{path}/" for folder in _FOREIGN)
    ]
    few = list(islice(found, 2))
    return f"**/{name}" if len(few) > 1 else few[0] if few else ""
