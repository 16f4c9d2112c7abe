"""Every manifest of a repository, as its charts and kustomizations have it."""

from __future__ import annotations

from collections.abc import Iterator

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
from analyzers.model.scope import is_deployed_manifest
from analyzers.parsers.helm_template import chart_folders, is_template, parse_template
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import is_yaml
from analyzers.sources import Sources

_LARGE_BYTES = 100 << 10


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
    for path in filter(is_deployed_manifest, filter(is_yaml, sources.paths)):
        is_large = sources.tree[path].size > _LARGE_BYTES
        if not is_large or KINDS_READ.search(sources.text(path) or ""):
            yield path


def _kustomizations(sources: Sources) -> Iterator[Kustomization]:
    for path in filter(is_kustomization, sources.paths):
        documents = sources.parse(path, parse_yaml)
        if documents and (found := read_kustomization(path, documents)):
            yield found
