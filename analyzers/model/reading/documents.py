"""The documents of a manifest, of a large one those that have a place in the model."""

from __future__ import annotations

from analyzers.model.manifests import parse_large_manifest
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import MAX_FILE_BYTES
from analyzers.sources import Sources


def manifest_documents(sources: Sources, path: str) -> tuple[Node, ...] | None:
    """None (and a note) where the file cannot be read."""
    if path not in sources.tree or sources.tree[path].size <= MAX_FILE_BYTES:
        return sources.parse(path, parse_yaml)
    excerpt = sources.parse(path, parse_large_manifest)
    if excerpt is None:
        return None
    if excerpt.left_out:
        reason = f"{excerpt.left_out} of its objects not analysed: of a file above 1 MiB 512 KiB are read"
        sources.remark(reason, path, excerpt.line)
    return excerpt.documents
