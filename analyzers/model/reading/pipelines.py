"""Every CI configuration of a repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from analyzers.model.pipeline import Pipeline
from analyzers.model.pipelines.entries import is_github_workflow, is_gitlab_entry
from analyzers.model.pipelines.github import read_github_workflow
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.model.pipelines.workflow_calls import WorkflowCalls
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import is_yaml
from analyzers.sources import Sources

T = TypeVar("T")


def read_pipelines(sources: Sources) -> tuple[Pipeline, ...]:
    documents = _Parsed(sources, parse_yaml, filter(is_yaml, sources.paths))
    return (*_github(sources, documents), *_gitlab(sources, documents))


def _github(sources: Sources, documents: Mapping[str, Sequence[Node]]) -> Iterator[Pipeline]:
    modules = _Parsed(sources, parse_gomod, filter(_is_module, sources.paths))
    files = RepositoryFiles(documents, modules)
    workflows = {
        path: found
        for path in filter(is_github_workflow, sources.paths)
        if (found := documents.get(path)) is not None
    }
    calls = WorkflowCalls({path: found[0] for path, found in workflows.items() if found})
    for path, found in workflows.items():
        try:
            yield read_github_workflow(path, found, files, calls.callers_of(path))
        except Unreadable as problem:
            sources.note(path, problem.reason, problem.line)


def _gitlab(sources: Sources, documents: Mapping[str, Sequence[Node]]) -> Iterator[Pipeline]:
    for path in filter(is_gitlab_entry, sources.paths):
        if path in documents:
            from analyzers.model.pipelines.gitlab import read_gitlab_pipelines

            try:
                yield from read_gitlab_pipelines(path, documents, sources.remark_at)
            except Unreadable as problem:
                sources.note(path, problem.reason, problem.line)


def _is_module(path: str) -> bool:
    return path.rpartition("/")[2] in ("go.mod", "go.work")


class _Parsed(Mapping[str, T]):
    """The files of a tree that one parser reads, each parsed when it is asked for."""

    def __init__(self, sources: Sources, parser: Callable[[str], T], paths: Iterator[str]) -> None:
        self._sources = sources
        self._parser = parser
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> T:
        parsed = self._sources.parse(path, self._parser) if path in self._paths else None
        if parsed is None:
            raise KeyError(path)
        return parsed

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
