"""Reads each kind of file of a repository into its model, one kind after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.model.compose import Compose, is_compose, read_compose
from analyzers.model.image import Image
from analyzers.model.images.build_context import TreeIndex
from analyzers.model.images.dockerfile_reader import read_image
from analyzers.model.manifests import (
    KINDS_READ,
    Kustomization,
    Manifests,
    find_chains,
    is_kustomization,
    patch_paths,
    read_kustomization,
    read_manifests,
    under_overlays,
)
from analyzers.model.module import Module
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.module_reader import read_module, with_advisories
from analyzers.model.pipeline import Pipeline
from analyzers.model.pipelines import is_github_workflow, is_gitlab_entry, read_github_workflow, read_gitlab
from analyzers.model.program import Program
from analyzers.model.programs.program_reader import reached_files, read_programs
from analyzers.model.scope import is_deployed, is_deployed_dockerfile, is_deployed_manifest
from analyzers.parsers.dockerfile import find_refusals, parse_dockerfile
from analyzers.parsers.go import parse_go, parse_go_header
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.helm_template import chart_folders, is_template, parse_template
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_tree import Node, parse_yaml
from analyzers.selection import is_dockerfile, is_go_source, is_yaml
from analyzers.sources import Sources

_LARGE_BYTES = 100 << 10


def read_modules(sources: Sources, advisories: AdvisoryDatabase | None) -> tuple[Module, ...]:
    """Every go.mod of what is deployed. A database that cannot be read is noted and done without."""
    modules = []
    for path in _named(sources, "go.mod"):
        if parsed := sources.parse(path, parse_gomod):
            modules.append(read_module(path, parsed, sources.tree))
    return tuple(_advised(modules, sources, advisories))


def _advised(modules: list[Module], sources: Sources, advisories: AdvisoryDatabase | None) -> list[Module]:
    if advisories is None:
        return modules
    try:
        return [with_advisories(module, advisories) for module in modules]
    except (OSError, Unreadable) as problem:
        sources.remark(
            f"the Go vulnerability database could not be read ({problem}); modules were not checked"
        )
        return modules


def read_program_files(sources: Sources, modules: Sequence[Module]) -> tuple[Program, ...]:
    """Every program. Go files that none reaches, and no change touches, are read up to their imports."""
    paths = [path for path in sources.paths if is_go_source(path)]
    headers = {path: file for path in paths if (file := sources.parse_bytes(path, parse_go_header))}
    whole = {*reached_files(headers, modules), *sources.changed.intersection(paths)}
    files = {path: file for path in sorted(whole) if (file := sources.parse_bytes(path, parse_go))}
    for path, file in {**headers, **files}.items():
        if file.is_partial:
            sources.note(
                path,
                "could not be read as a whole: syntax that is wrong, or newer than ours",
                file.partial_line,
            )
    return read_programs(files, modules)


def read_images(sources: Sources) -> tuple[Image, ...]:
    """Every Dockerfile whose image is meant to ship."""
    paths = [path for path in sources.paths if is_dockerfile(path) and is_deployed_dockerfile(path)]
    return tuple(image for image in _images(sources, paths) if image.stages)


def _images(sources: Sources, paths: Sequence[str]) -> Iterator[Image]:
    index = TreeIndex(sources.tree)
    for path in paths:
        try:
            if parsed := sources.parse(path, parse_dockerfile):
                for line, reason in find_refusals(parsed):
                    sources.note(path, f"cannot be built: {reason}", line)
                yield read_image(path, parsed, index)
        except Unreadable as problem:
            sources.note(path, problem.reason, problem.line)


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
        self._paths = tuple(_yaml(sources))

    def __getitem__(self, path: str) -> Sequence[Node]:
        documents = self._sources.parse(path, parse_yaml) if path in self._paths else None
        if documents is None:
            raise KeyError(path)
        return documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read_composes(sources: Sources) -> tuple[Compose, ...]:
    paths = filter(is_compose, sources.paths)
    return tuple(read_compose(path, found) for path in paths if (found := sources.parse(path, parse_yaml)))


def read_manifest_files(sources: Sources) -> tuple[Manifests, ...]:
    """Every manifest of what is deployed, charts' templates included, as its kustomizations have it."""
    charts = chart_folders(sources.tree)
    kustomizations = tuple(_kustomizations(sources))
    patches, chains = patch_paths(kustomizations), find_chains(kustomizations)
    found = []
    for path in _manifests(sources):
        templated = is_template(path, charts)
        documents = (
            None if path in patches else sources.parse(path, parse_template if templated else parse_yaml)
        )
        if documents and (manifests := read_manifests(path, documents, templated=templated)):
            found.append(under_overlays(manifests, chains))
    return tuple(found)


def _manifests(sources: Sources) -> Iterator[str]:
    """Files that may declare what runs. Most large ones are resource definitions: they must name a kind."""
    for path in filter(is_deployed_manifest, _yaml(sources)):
        is_large = sources.tree[path].size > _LARGE_BYTES
        if not is_large or KINDS_READ.search(sources.text(path) or ""):
            yield path


def _kustomizations(sources: Sources) -> Iterator[Kustomization]:
    for path in filter(is_kustomization, sources.paths):
        documents = sources.parse(path, parse_yaml)
        if documents and (found := read_kustomization(path, documents)):
            yield found


def _yaml(sources: Sources) -> Iterator[str]:
    return filter(is_yaml, sources.paths)


def _named(sources: Sources, name: str) -> Iterator[str]:
    return (path for path in sources.paths if path.rsplit("/", 1)[-1] == name and is_deployed(path))
