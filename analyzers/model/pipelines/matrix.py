"""`strategy.matrix`: the combinations a job runs in.

https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.pipelines.evaluation import Lookup, literal_json, resolve
from analyzers.model.yaml_facts import place
from analyzers.parsers.yaml_node import Mapping as YamlMapping
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_number_text

Row = Mapping[str, Fact[str]]
"""One combination: `matrix.os` and what it is. What cannot be known is not in it."""

MOST_ROWS = 50
_MOST_LOOKED_AT = 1_000
_DEEPEST = 5


def read_matrix(path: str, matrix: Node, lookup: Lookup) -> tuple[Row, ...]:
    """The combinations, at least one and at most MOST_ROWS."""
    reader = _Reader(path, lookup)
    named = {
        name: reader.axis(name, entry.value.target) for name, entry in matrix.items() if name not in _LISTS
    }
    axes = list(named.values())
    excluded = [row for item in matrix["exclude"] if (row := reader.row(item))]
    combinations = islice(_product(axes), _MOST_LOOKED_AT)
    rows = [row for row in combinations if not any(_agrees(row, each) for each in excluded)]
    if not axes and matrix["include"]:
        rows = []
    own = {name for axis in axes for row in axis for name in row}
    computed = {f"matrix.{name}" for name, axis in named.items() if not any(axis)}
    extras = [reader.row(item) for item in islice(matrix["include"], _MOST_LOOKED_AT)]
    added = [
        dict(extra)
        for extra in extras
        if not own or not computed.isdisjoint(extra) or not _extend(rows, extra, own)
    ]
    return tuple([*rows, *added][:MOST_ROWS]) or ({},)


_LISTS = frozenset({"exclude", "include"})


class _Reader:
    """Reads values, which may be mappings: `matrix.image.name`."""

    def __init__(self, path: str, lookup: Lookup) -> None:
        self._path = path
        self._lookup = lookup

    def axis(self, name: str, node: Node) -> Sequence[Row]:
        items = list(islice(node, _MOST_LOOKED_AT))
        if items:
            return [dict(self._facts(f"matrix.{name}", item, 0)) for item in items]
        literal = literal_json(node.text)
        at = place(self._path, node)
        values = literal if isinstance(literal, list) else []
        return [dict(_json_facts(f"matrix.{name}", value, at, 0)) for value in values] or [{}]

    def row(self, item: Node) -> Row:
        return dict(self._facts("matrix", item, 0))

    def _facts(self, name: str, node: Node, depth: int) -> Iterator[tuple[str, Fact[str]]]:
        if isinstance(node, YamlMapping):
            if depth < _DEEPEST:
                for key, entry in node.items():
                    yield from self._facts(f"{name}.{key}", entry.value.target, depth + 1)
            return
        text = as_number_text(node)
        value = resolve(text, self._lookup) if text is not None else None
        if value is not None:
            yield name, Fact(value, place(self._path, node))


def _json_facts(name: str, value: object, at: Location, depth: int) -> Iterator[tuple[str, Fact[str]]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _json_facts(f"{name}.{key}", inner, at, depth + 1)
    elif isinstance(value, bool):
        yield name, Fact(str(value).lower(), at)
    elif isinstance(value, (str, int, float)):
        yield name, Fact(str(value), at)


def _product(axes: Sequence[Sequence[Row]]) -> Iterator[dict[str, Fact[str]]]:
    for chosen in product(*(axis or [{}] for axis in axes)):
        yield {name: fact for part in chosen for name, fact in part.items()}


def _extend(rows: Sequence[dict[str, Fact[str]]], extra: Row, own: set[str]) -> bool:
    """Add an inclusion to every combination of the axes whose own values it does not change, if there is one.

    Otherwise it is a combination itself, to which nothing is added.
    """
    matching = [row for row in rows if _agrees(row, {name: extra[name] for name in own & extra.keys()})]
    for row in matching:
        row.update(extra)
    return bool(matching)


def _agrees(row: Row, part: Row) -> bool:
    return all(name in row and row[name].value == fact.value for name, fact in part.items())
