"""Every CI configuration of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.model.pipeline import Pipeline
from analyzers.model.pipelines import is_github_workflow, is_gitlab_entry, read_github_workflow, read_gitlab
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_tree import Node, parse_yaml
from analyzers.selection import is_yaml
from analyzers.sources import Sources


def read_pipelines(sources: Sources) -> tuple[Pipeline, ...]:
    return (*_github(sources), *_gitlab(sources))


def _github(sources: Sources) -> Iterator[Pipeline]:
    for path in filter(is_github_workflow, sources.paths):
        documents = sources.parse(path, parse_yaml)
        if documents is not None:
            try:
                yield read_github_workflow(path, documents)
            except Unreadable as problem:
                sources.note(path, problem.reason, problem.line)


def _gitlab(sources: Sources) -> Iterator[Pipeline]:
    for path in filter(is_gitlab_entry, sources.paths):
        documents = _Documents(sources)
        if path in documents:
            try:
                yield read_gitlab(path, documents)
            except Unreadable as problem:
                sources.note(path, problem.reason, problem.line)


class _Documents(Mapping[str, Sequence[Node]]):
    """The YAML files of a tree, each parsed when it is asked for."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._paths = tuple(filter(is_yaml, sources.paths))

    def __getitem__(self, path: str) -> Sequence[Node]:
        documents = self._sources.parse(path, parse_yaml) if path in self._paths else None
        if documents is None:
            raise KeyError(path)
        return documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
