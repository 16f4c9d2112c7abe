"""`parallel:matrix`: the variables a GitLab job runs with, once for each combination.

https://docs.gitlab.com/ci/yaml/#parallelmatrix
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.pipelines.layers import Layers
from analyzers.model.pipelines.matrix import MOST_ROWS
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_str


def read_parallel_matrix(parallel: Layers) -> tuple[Mapping[str, str], ...]:
    """The combinations, at least one; a value with a variable in it is left out."""
    rows = islice(_rows(parallel["matrix"].node), MOST_ROWS)
    known = ({name: value for name, value in row.items() if "$" not in value} for row in rows)
    return tuple(known) or ({},)


def matrix_variables(parallel: Layers, rows: Sequence[Mapping[str, str]]) -> dict[str, Fact[str]]:
    """The variables that the combinations set, known where all of them agree."""
    at = Location(parallel.path, parallel.node.span)
    names = dict.fromkeys(name for entry in parallel["matrix"].node for name, _ in entry.items())
    values = {name: {row.get(name) for row in rows} for name in names}
    return {name: Fact(found.pop() if len(found) == 1 else None, at) for name, found in values.items()}


def _rows(matrix: Node) -> Iterator[Mapping[str, str]]:
    for entry in matrix:
        axes = [(name, _values(each.value.target)) for name, each in entry.items()]
        names = [name for name, _ in axes]
        for chosen in product(*(values for _, values in axes)):
            yield dict(zip(names, chosen, strict=True))


def _values(node: Node) -> tuple[str, ...]:
    texts = tuple(as_str(item) or "" for item in islice(node, 1_000))
    return texts or (as_str(node) or "",)
