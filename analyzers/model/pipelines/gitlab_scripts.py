"""Scripts of GitLab jobs: lists of lines, lists in lists, and `!reference` to other jobs' lists.

https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from analyzers.model.command import Command
from analyzers.model.pipelines.layers import Layers, Placed
from analyzers.model.pipelines.scripts import Scripts
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.yaml_node import Node, Scalar, Sequence

MAX_DEPTH = 10
MOST_LINES = 5_000
Resolve = Callable[[Node], Layers]
"""Follows a `!reference`."""


def is_reference(node: Node) -> bool:
    return node.tag == "!reference" and isinstance(node, Sequence)


class ScriptReader:
    """Reads the scripts of one configuration, each once however many jobs extend or inherit it."""

    def __init__(self, resolve: Resolve, remark: Remark = unheard) -> None:
        self._resolve = resolve
        self._remark = remark
        self._scripts = Scripts()
        self._read: dict[int, tuple[Command, ...]] = {}

    def read(self, script: Layers) -> tuple[Command, ...]:
        """The commands of a script, each where it really stands. Raises Unreadable."""
        key = id(script.node)
        if key not in self._read:
            self._read[key] = self._commands(Placed(script.path, script.node))
        return self._read[key]

    def _commands(self, script: Placed) -> tuple[Command, ...]:
        commands: list[Command] = []
        lines = list(islice(self._lines(script, 0), MOST_LINES + 1))
        if len(lines) > MOST_LINES:
            reason = f"a script is read up to {MOST_LINES:,} entries, the rest is left out"
            self._remark(script.path, reason, script.node.span.line)
            lines.pop()
        for path, group in groupby(lines, key=itemgetter(0)):
            commands += self._scripts.read(path, [scalar for _, scalar in group])
        return tuple(commands)

    def _lines(self, placed: Placed, depth: int) -> Iterator[tuple[str, Scalar]]:
        path, node = placed
        if depth > MAX_DEPTH:
            return
        if isinstance(node, Scalar):
            if node:
                yield path, node
        elif is_reference(node):
            for target in self._resolve(node).parts[:1]:
                yield from self._lines(target, depth + 1)
        else:
            for item in node:
                yield from self._lines(Placed(path, item), depth + 1)
