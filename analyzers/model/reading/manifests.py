"""Every manifest of a repository: as kustomizations yield it, or else as its file has it."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.manifests import KINDS_READ, Manifests, complete, in_doubt, read_manifests
from analyzers.model.manifests.kustomize import is_kustomization, listed_files, patch_files
from analyzers.model.manifests.objects import find_undecided, find_unversioned
from analyzers.model.reading.charts import Charts
from analyzers.model.reading.documents import manifest_documents
from analyzers.model.reading.kustomizations import read_kustomizations, resolve_kustomizations
from analyzers.model.scope import is_deployed_manifest
from analyzers.parsers.yaml_node import Node
from analyzers.selection import is_yaml
from analyzers.sources import Sources

_LARGE_BYTES = 100 << 10


def read_manifest_files(sources: Sources, charts: Charts) -> tuple[Manifests, ...]:
    """Every manifest of what is deployed, charts' templates included."""
    kustomizations = read_kustomizations(sources)
    resolved = resolve_kustomizations(sources, kustomizations)
    patches, listed = patch_files(kustomizations), listed_files(kustomizations)
    plain = _plain_files(sources, charts, patches | resolved.files)
    return complete(
        (
            *resolved.manifests,
            *(in_doubt(manifests) if manifests.path in listed else manifests for manifests in plain),
        )
    )


def _plain_files(sources: Sources, charts: Charts, left_out: frozenset[str]) -> Iterator[Manifests]:
    for path in _manifests(sources):
        templated = charts.has_template(path)
        if path not in left_out and not is_kustomization(path) and not charts.is_data(path):
            documents = charts.documents(path) if templated else manifest_documents(sources, path)
            _remark_unread(sources, path, documents or ())
            if documents and (manifests := read_manifests(path, documents, templated=templated)):
                yield manifests


def _remark_unread(sources: Sources, path: str, documents: tuple[Node, ...]) -> None:
    for kind, node in find_unversioned(documents):
        sources.remark(f"a {kind} without `apiVersion`, not analysed", path, node.span.line)
    for node in find_undecided(documents):
        sources.remark("an object whose kind a template decides, not analysed", path, node.span.line)


def _manifests(sources: Sources) -> Iterator[str]:
    """Files that may declare what runs. Most large ones are resource definitions: they must name a kind."""
    for path in filter(is_deployed_manifest, filter(is_yaml, sources.paths)):
        is_large = sources.tree[path].size > _LARGE_BYTES
        if not is_large or KINDS_READ.search(sources.text(path) or ""):
            yield path
