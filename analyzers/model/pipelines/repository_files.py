"""What a configuration may name of its repository: other workflows, actions, go.mod files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from analyzers.parsers.gomod import GoMod
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node


@light_record
class RepositoryFiles:
    """The files by path, each read when it is asked for."""

    documents: Mapping[str, Sequence[Node]] = field(default_factory=dict)
    modules: Mapping[str, GoMod] = field(default_factory=dict)
    """Every go.mod and go.work."""
