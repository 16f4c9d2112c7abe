"""Scripts of GitLab jobs: lists of lines, lists in lists, and `!reference` to other jobs' lists.

https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.pipeline import Step
from analyzers.model.pipelines.layers import Layers, Placed
from analyzers.model.pipelines.scripts import Scripts
from analyzers.parsers.yaml_node import Entry, Node, Scalar, Sequence

MAX_DEPTH = 10
MOST_LINES = 5_000
Resolve = Callable[[Node], Layers]
"""Follows a `!reference`."""


def is_reference(node: Node) -> bool:
    return node.tag == "!reference" and isinstance(node, Sequence)


def read_step(name: str, script: Layers, at: tuple[str, Entry], resolve: Resolve, scripts: Scripts) -> Step:
    """One of `before_script`, `script` and `after_script`, with commands where they really stand."""
    lines = islice(_lines(Placed(script.path, script.node), resolve, 0), MOST_LINES)
    commands: list[Command] = []
    for path, group in groupby(lines, key=itemgetter(0)):
        commands += scripts.read(path, [scalar for _, scalar in group])
    return Step(at=Location(at[0], at[1].span), name=name, commands=tuple(commands))


def _lines(placed: Placed, resolve: Resolve, depth: int) -> Iterator[tuple[str, Scalar]]:
    path, node = placed
    if depth > MAX_DEPTH:
        return
    if isinstance(node, Scalar):
        if node:
            yield path, node
    elif is_reference(node):
        target = resolve(node)
        if target:
            yield from _lines(target.parts[0], resolve, depth + 1)
    else:
        for item in node:
            yield from _lines(Placed(path, item), resolve, depth + 1)
