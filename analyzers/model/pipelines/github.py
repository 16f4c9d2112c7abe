"""Workflows of GitHub Actions.

Syntax: https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.model.pipeline import Cache, Job, Pipeline
from analyzers.model.pipelines.contexts import Contexts
from analyzers.model.pipelines.expressions import hashed_files
from analyzers.model.pipelines.github_steps import ReadStep, Surroundings
from analyzers.model.pipelines.go_setup import read_go_cache, read_go_versions
from analyzers.model.pipelines.matrix import Row
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.model.pipelines.scripts import Scripts
from analyzers.model.pipelines.step_lists import StepList
from analyzers.model.pipelines.workflow_calls import called_workflow, rows_of_job
from analyzers.model.yaml_facts import place
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_number_text, as_words

MOST_JOBS = 1_000
MOST_VERSIONS = 256
"""GitHub's own limit of jobs in a matrix."""
_CACHES = ("actions/cache", "actions/cache/restore", "actions/cache/save")


def read_github_workflow(
    path: str,
    documents: Sequence[Node],
    files: RepositoryFiles | None = None,
    callers: Sequence[Row] = ({},),
) -> Pipeline:
    """The jobs of a workflow. `callers` are the inputs that other workflows call it with.

    Raises Unreadable for a file of several documents, which GitHub refuses, and beyond MOST_JOBS.
    """
    if len(documents) > 1:
        raise Unreadable("a workflow has to be one YAML document", documents[1].span.line)
    if not documents:
        return Pipeline(path, "github", ())
    root = documents[0]
    entries = [entry for _, entry in root["jobs"].items() if entry.value.target.items()]
    if len(entries) > MOST_JOBS:
        raise Unreadable(f"more than {MOST_JOBS:,} jobs")
    reader = _WorkflowReader(path, root, files or RepositoryFiles(), callers)
    jobs = tuple(reader.read_job(entry) for entry in entries)
    return Pipeline(path, "github", jobs, events=_events(root["on"]))


def _events(node: Node) -> tuple[str, ...]:
    if node.text:
        return (node.text,)
    return as_words(node) or tuple(name for name, _ in node.items())


class _WorkflowReader:
    """Reads the jobs of one workflow."""

    def __init__(self, path: str, root: Node, files: RepositoryFiles, callers: Sequence[Row]) -> None:
        self._path = path
        self._files = files
        self._callers = callers
        outermost = Contexts(path, callers)
        self._env = outermost.facts(root["env"])
        run = root.at("defaults", "run")
        self._around = Surroundings(outermost, Scripts(), run["shell"].text, run["working-directory"])

    def read_job(self, entry: Entry) -> Job:
        node = entry.value.target
        contexts = Contexts(self._path, rows_of_job(self._path, node, self._callers))
        own = contexts.facts(node["env"])
        env = ChainMap(own, self._env) if own else self._env
        list_ = StepList(self._files)
        inside = self._around.inside(node, contexts.with_env(self._env).with_env(own))
        steps = tuple(list_.read(node["steps"], inside))
        calls = called_workflow(node, self._files)
        return Job(
            path=self._path,
            at=place(self._path, entry.key),
            system="github",
            name=entry.name,
            steps=tuple(read.step for read in steps),
            image=_image(node["container"], contexts),
            services=tuple(_services(node["services"], contexts)),
            env=env,
            caches=tuple(cache for read in steps for cache in _caches(read)),
            go_versions=tuple(islice(self._go_versions(steps), MOST_VERSIONS)),
            is_complete=list_.is_complete and (not node["uses"] or bool(calls)),
            runs_on=_labels(node["runs-on"]),
            combinations=_known(contexts.rows),
            needs=_words(node["needs"]),
            calls=calls,
            service_names=tuple(name for name, entry in node["services"].items() if _has_image(entry)),
        )

    def _go_versions(self, steps: Sequence[ReadStep]) -> Iterator[Fact[str]]:
        for read in steps:
            yield from read_go_versions(read, self._files.modules)


def _image(container: Node, contexts: Contexts) -> Fact[ImageRef] | None:
    node = container["image"] if container.items() else container
    if not node:
        return None
    return Fact(read_reference(contexts.value(node.text) or ""), place(contexts.path, node))


def _services(node: Node, contexts: Contexts) -> Iterator[Fact[ImageRef]]:
    for _, entry in node.items():
        fact = _image(entry.value.target, contexts) if _has_image(entry) else None
        if fact:
            yield fact


def _has_image(entry: Entry) -> bool:
    return bool(entry.value.target["image"])


def _caches(read: ReadStep) -> Iterator[Cache]:
    """The cache that a step keeps, if it is one of actions/cache or setup-go."""
    if read.step.uses not in _CACHES:
        yield from read_go_cache(read)
        return
    key = read.node.at("with", "key")
    written = read.step.written
    yield Cache(
        at=read.step.at,
        key=written.get("key", ""),
        key_at=place(read.contexts.path, key) if key else None,
        key_files=hashed_files(written.get("key", "")),
        paths=_lines(written.get("path", "")),
        fallback_keys=_lines(written.get("restore-keys", "")),
        by=read.step.uses,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _labels(node: Node) -> tuple[str, ...]:
    return _words(node["labels"] if node.items() else node)


def _words(node: Node) -> tuple[str, ...]:
    """The words of a list, or the one that stands in its place."""
    text = as_number_text(node)
    return as_words(node) or ((text,) if text else ())


def _known(rows: Sequence[Row]) -> tuple[dict[str, str], ...]:
    known = ({name: fact.value for name, fact in row.items() if fact.value is not None} for row in rows)
    return tuple(known)
