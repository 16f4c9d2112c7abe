"""Workflows of GitHub Actions.

Syntax: https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.pipeline import Job, Pipeline, Step
from analyzers.model.pipelines.github_steps import (
    Surroundings,
    env_facts,
    read_caches,
    read_go_versions,
    read_step,
)
from analyzers.model.yaml_facts import image_fact, place
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_number_text, as_words

MOST_JOBS = 1_000
MOST_VERSIONS = 256
"""GitHub's own limit of jobs in a matrix."""
_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")


def is_github_workflow(path: str) -> bool:
    return bool(_WORKFLOW.fullmatch(path))


def read_github_workflow(path: str, documents: Sequence[Node]) -> Pipeline:
    """The jobs of a workflow.

    Raises Unreadable for a file of several documents, which GitHub refuses, and beyond MOST_JOBS.
    """
    if len(documents) > 1:
        raise Unreadable("a workflow has to be one YAML document", documents[1].span.line)
    if not documents:
        return Pipeline(path, "github", ())
    root = documents[0]
    around, env = Surroundings.outermost(root), env_facts(path, root["env"])
    entries = [entry for _, entry in root["jobs"].items() if entry.value.target.items()]
    if len(entries) > MOST_JOBS:
        raise Unreadable(f"more than {MOST_JOBS:,} jobs")
    jobs = tuple(_read_job(path, entry, around, env) for entry in entries)
    return Pipeline(path, "github", jobs, events=_events(root["on"]))


def _events(node: Node) -> tuple[str, ...]:
    if node.text:
        return (node.text,)
    return as_words(node) or tuple(name for name, _ in node.items())


def _read_job(path: str, entry: Entry, workflow: Surroundings, env: dict[str, Fact[str]]) -> Job:
    node = entry.value.target
    around = workflow.inside(node)
    items = [item for item in node["steps"] if item.items()]
    steps = [read_step(path, item, around) for item in items]
    pairs = list(zip(items, steps, strict=True))
    return Job(
        path=path,
        at=place(path, entry.key),
        system="github",
        name=entry.name,
        steps=tuple(steps),
        image=_image(path, node["container"]),
        services=_services(path, node["services"]),
        env=ChainMap(env_facts(path, node["env"]), env),
        caches=tuple(cache for item, step in pairs for cache in read_caches(path, item, step)),
        go_versions=tuple(islice(_go_versions(path, pairs, node, around), MOST_VERSIONS)),
        is_complete=not node["uses"],
        runs_on=_labels(node["runs-on"]),
    )


def _go_versions(
    path: str, steps: Sequence[tuple[Node, Step]], job: Node, around: Surroundings
) -> Iterator[Fact[str]]:
    for item, step in steps:
        yield from read_go_versions(path, item, step, job, around)


def _image(path: str, container: Node) -> Fact[ImageRef] | None:
    return image_fact(path, container["image"] if container.items() else container)


def _services(path: str, node: Node) -> tuple[Fact[ImageRef], ...]:
    facts = (image_fact(path, entry.value.target["image"]) for _, entry in node.items())
    return tuple(fact for fact in facts if fact)


def _labels(node: Node) -> tuple[str, ...]:
    if node.items():
        node = node["labels"]
    text = as_number_text(node)
    return as_words(node) or ((text,) if text else ())
