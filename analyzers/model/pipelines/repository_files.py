"""What a configuration may name of its repository: other workflows, actions, go.mod files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzers.parsers.gomod import GoMod
from analyzers.parsers.yaml_node import Node


@dataclass(frozen=True)
class RepositoryFiles:
    """The files by path, each read when it is asked for."""

    documents: Mapping[str, Sequence[Node]] = field(default_factory=dict)
    modules: Mapping[str, GoMod] = field(default_factory=dict)
    """Every go.mod and go.work."""
