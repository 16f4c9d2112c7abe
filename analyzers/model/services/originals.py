"""Workloads that stand in a repository twice: in a file somebody writes, and in one generated from it."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.model.generated_files import is_generated
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed

Key = tuple[str, str, str]


def originals(repository: Repository, deployed: Iterable[Deployed]) -> list[Deployed]:
    """Without the copies in generated files; what stands in such files alone is kept."""
    items = list(deployed)
    generated = {
        path
        for path in {item.container.at.path for item in items}
        if is_generated(repository.text(path) or "")
    }
    written = {_key(item) for item in items if item.container.at.path not in generated}
    return [item for item in items if item.container.at.path not in generated or _key(item) not in written]


def _key(item: Deployed) -> Key:
    return item.workload.kind, item.workload.name, item.container.name
