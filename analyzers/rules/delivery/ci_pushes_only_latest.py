from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Edit, Fix
from analyzers.model.builds.purposes import is_aside
from analyzers.model.builds.pushes import Push, find_pushes, repoints
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_COMMIT = {"github": "${{ github.sha }}", "gitlab": "$CI_COMMIT_SHA"}
_ELSEWHERE = ("localhost", "127.0.0.1", "kind-registry", "ttl.sh", "registry:5000")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    pushes = {pipeline.path: _pushes(pipeline) for pipeline in repository.pipelines}
    by_name = _by_name(push for found in pushes.values() for push in found)
    if any(repoints(job.commands) for job in repository.jobs):
        return
    for pipeline in repository.pipelines:
        if pipeline.is_complete and not _hands_on_digest(repository, pipeline):
            yield from _judge(repository, pipeline, pushes[pipeline.path], by_name)


def _pushes(pipeline: Pipeline) -> Sequence[Push]:
    return [push for job in pipeline.jobs for push in find_pushes(job)]


def _by_name(pushes: Iterator[Push]) -> Mapping[str, Sequence[Push]]:
    """All pushes of an image, by the last part of its name: a registry is written in many ways."""
    found: dict[str, list[Push]] = defaultdict(list)
    for push in pushes:
        found[_short(push)].append(push)
    return found


def _short(push: Push) -> str:
    return push.name.rpartition("/")[2]


def _judge(
    repository: Repository, pipeline: Pipeline, pushes: Sequence[Push], by_name: Mapping[str, Sequence[Push]]
) -> Iterator[Problem]:
    hidden = {push.job for push in pushes if push.kind == "unknown" and not push.name}
    seen = set()
    for push in pushes:
        name = _short(push)
        is_judged = push.kind == "moving" and push.job not in hidden and name not in seen
        if is_judged and not _is_aside(push) and all(each.kind == "moving" for each in by_name[name]):
            seen.add(name)
            job = next(job for job in pipeline.jobs if job.name == push.job)
            yield Problem(
                push.at.start,
                values={
                    "job": push.job,
                    "image": f"{push.name}:{push.tag or 'latest'}",
                    "commit": _COMMIT[job.system],
                },
                fix=_add_tag(repository, job, push),
                evidence=push.name,
            )


def _is_aside(push: Push) -> bool:
    return is_aside(_short(push)) or any(word in push.name for word in _ELSEWHERE) or "base" in _short(push)


def _hands_on_digest(repository: Repository, pipeline: Pipeline) -> bool:
    text = repository.text(pipeline.path) or ""
    return any(word in text for word in ("outputs.digest", "metadata-file", "iidfile", "RepoDigests"))


def _add_tag(repository: Repository, job: Job, push: Push) -> Fix | None:
    """One tag more for docker/build-push-action, in the form its `tags` have; None for scripts."""
    step = next((step for step in job.steps if step.at == push.at and "tags" in step.inputs), None)
    if step is None:
        return None
    at, tagged = step.inputs["tags"].at, f"{push.name}:{push.tag}" if push.tag else push.name
    lines = (repository.text(at.path) or "").split("\n")
    new = f"{push.name}:{_COMMIT[job.system]}"
    for number in range(at.span.line, at.span.end_line + 1):
        line = lines[number - 1]
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() == tagged:
            return Fix((Edit(at.path, number + 1, number, f"{indent}{new}"),))
        if line.strip() == f"tags: {tagged}":
            return Fix((Edit(at.path, number, number, f"{line.rstrip()},{new}"),))
    return None
