"""The kustomizations of a repository, and what those that are deployed yield."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analyzers.model.manifests import Manifests, read_resources
from analyzers.model.manifests.kustomize import (
    Exhausted,
    Kustomization,
    Resolver,
    by_folder,
    find_roots,
    is_kustomization,
    read_kustomization,
    remark_circles,
)
from analyzers.model.manifests.meshes import configures_mesh
from analyzers.model.reading.documents import manifest_documents
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.sources import Sources

Parse = Callable[[str], "tuple[Node, ...] | None"]
MOST_OBJECTS = 3_000
"""Of all kustomizations together."""


@light_record
class Kustomized:
    """`files` are those that were taken in, which are not to be judged as they are."""

    manifests: tuple[Manifests, ...]
    files: frozenset[str]


def read_kustomizations(sources: Sources) -> tuple[Kustomization, ...]:
    found = []
    for path in filter(is_kustomization, sources.paths):
        documents = sources.parse(path, parse_yaml)
        if documents and (kustomization := read_kustomization(path, documents)):
            found.append(kustomization)
    return tuple(found)


def resolve_kustomizations(sources: Sources, kustomizations: Sequence[Kustomization]) -> Kustomized:
    """What every outermost kustomization yields. Where they yield too much, a note says from which on."""

    def parse(path: str) -> tuple[Node, ...] | None:
        return manifest_documents(sources, path)

    remark_circles(kustomizations, sources.remark_at)
    resolver = Resolver(by_folder(kustomizations), parse, sources.text, sources.remark_at)
    manifests: list[Manifests] = []
    room = MOST_OBJECTS
    for root, is_whole in find_roots(kustomizations):
        try:
            resources = resolver.resolve(root)
        except Exhausted:
            resources, room = (), 0
        room -= len(resources)
        if room <= 0:
            sources.note(
                root.path, "the repository's kustomizations yield too much: not analysed from here on"
            )
            break
        manifests.append(read_resources(root, resources, is_whole=is_whole))
    return Kustomized((*manifests, *_mesh_files(resolver.files, parse)), frozenset(resolver.files))


def _mesh_files(files: set[str], parse: Parse) -> Iterator[Manifests]:
    """Files that configure a mesh, which no overlay takes back."""
    for path in sorted(files):
        if any(map(configures_mesh, parse(path) or ())):
            yield Manifests(path, uses_mesh=True)
