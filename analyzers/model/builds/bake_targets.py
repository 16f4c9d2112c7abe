"""The targets of bake files: inherited, merged over several files, a matrix taken apart.

https://docs.docker.com/build/bake/reference/ and https://docs.docker.com/build/bake/inheritance/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from analyzers.finding import Location
from analyzers.model.builds.bake_values import Value, Variables, evaluate, texts
from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.circles import find_circles, told
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.bake import BakeFile, Block
from analyzers.parsers.light import light_value

MOST_GENERATIONS = 20
"""Of targets that inherit from one another."""
MOST_TARGETS = 500
MOST_STEPS = 5_000
"""Of inheritance and of groups inside groups, in all files together."""
_MERGED = frozenset({"args", "contexts", "labels"})


@light_value
class BakeTarget:
    """One target. `values` are its attributes and the inherited ones, `ancestors` whom it inherits from."""

    name: str
    at: Location
    values: Mapping[str, Value]
    ancestors: frozenset[str]
    matrix_of: str = ""
    """The target in the file that it is a row of."""

    def text(self, attribute: str) -> str | None:
        """A text, None where it is not said."""
        value = self.values.get(attribute)
        return value if isinstance(value, str) or value is None else UNKNOWN


class Bake:
    """The targets and groups of bake files that are read together, the later on top of the earlier."""

    def __init__(self, files: Mapping[str, BakeFile], remark: Remark = unheard) -> None:
        """`remark` is told of circles, and where there is more of anything than is read."""
        self._remark = remark
        self._variables = Variables(tuple(files.values()))
        self._blocks: dict[str, list[tuple[str, Block]]] = defaultdict(list)
        self._groups: dict[str, tuple[str, ...]] = {}
        self._group_places: dict[str, Location] = {}
        self._left = MOST_STEPS
        for path, file in files.items():
            for block in file.blocks:
                if block.kind == "target":
                    self._blocks[block.name].append((path, block))
                elif block.kind == "group" and "targets" in block.attributes:
                    self._groups[block.name] = texts(self._value(block, "targets", {}))
                    self._group_places[block.name] = Location(path, block.attributes["targets"].span)
        self._remark_circles()

    def targets(self) -> Iterator[BakeTarget]:
        """Every target, those of a matrix by their own names."""
        rows = (target for name in self._blocks for target in self._rows(name))
        yield from islice(rows, MOST_TARGETS)
        if next(rows, None) is not None:
            self._remark_limit(f"more than {MOST_TARGETS} targets")

    def members(self, names: Iterable[str]) -> frozenset[str]:
        """The targets that names stand for: targets themselves, and all that is in groups."""
        found: set[str] = set()
        waiting = list(names)
        while waiting and self._spend():
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._groups.get(name, ())
        return frozenset(found)

    def _rows(self, name: str) -> Iterator[BakeTarget]:
        matrix: Value = None
        for _, block in self._blocks[name]:
            matrix = self._value(block, "matrix", {}) if "matrix" in block.attributes else matrix
        path, block = self._blocks[name][0]
        at = Location(path, block.span)
        for row in _combinations(matrix):
            values, ancestors = self._resolved(name, row, frozenset())
            own = values.get("name")
            label = own if row and isinstance(own, str) else name
            yield BakeTarget(label, at, values, ancestors, name if label != name else "")

    def _resolved(
        self, name: str, row: Mapping[str, Value], inside: frozenset[str]
    ) -> tuple[dict[str, Value], frozenset[str]]:
        """The attributes of a target over those of its ancestors; a circle is cut, and so is a long line."""
        values: dict[str, Value] = {}
        ancestors: frozenset[str] = frozenset()
        if len(inside) >= MOST_GENERATIONS:
            self._remark_limit(f"targets inherit over more than {MOST_GENERATIONS} generations")
        if name in inside or len(inside) >= MOST_GENERATIONS or not self._spend():
            return values, ancestors
        for parent in self._parents(name, row):
            inherited, older = self._resolved(parent, row, inside | {name})
            _merge(values, inherited)
            ancestors |= older | {parent}
        for _, block in self._blocks.get(name, ()):
            _merge(values, {each: self._value(block, each, row) for each in block.attributes})
        return values, ancestors

    def _parents(self, name: str, row: Mapping[str, Value]) -> Sequence[str]:
        return [
            parent
            for _, block in self._blocks.get(name, ())
            if "inherits" in block.attributes
            for parent in texts(self._value(block, "inherits", row))
        ]

    def _value(self, block: Block, attribute: str, row: Mapping[str, Value]) -> Value:
        return evaluate(block.attributes[attribute].value, self._variables, row)

    def _spend(self) -> bool:
        self._left -= 1
        if self._left == -1:
            self._remark_limit(f"more than {MOST_STEPS:,} steps of inheritance and groups")
        return self._left >= 0

    def _remark_limit(self, reason: str) -> None:
        path, block = next(entry for entries in self._blocks.values() for entry in entries)
        self._remark(path, f"{reason}: not followed further", block.span.line)

    def _remark_circles(self) -> None:
        """Bake refuses targets that inherit from one another, and groups that hold one another."""
        for circle in find_circles(tuple(self._blocks), lambda name: self._parents(name, {})):
            path, span = next(
                (path, block.attributes["inherits"].span)
                for path, block in self._blocks[circle[0]]
                if "inherits" in block.attributes
            )
            self._remark(path, f"targets inherit from one another ({told(circle)}): cut here", span.line)
        for circle in find_circles(tuple(self._groups), lambda name: self._groups.get(name, ())):
            at = self._group_places[circle[0]]
            self._remark(at.path, f"groups hold one another ({told(circle)}): each is read once", at.line)


def _combinations(matrix: Value) -> Iterator[Mapping[str, Value]]:
    """Each row of a matrix; one empty row where there is none, or one that is not known."""
    if not isinstance(matrix, Mapping) or not all(isinstance(value, tuple) for value in matrix.values()):
        return iter(({},))
    columns = [value for value in matrix.values() if isinstance(value, tuple)]
    rows = (dict(zip(matrix, row, strict=True)) for row in product(*columns))
    return islice(rows, MOST_TARGETS)


def _merge(values: dict[str, Value], above: Mapping[str, Value]) -> None:
    for name, value in above.items():
        below = values.get(name)
        if name in _MERGED and isinstance(value, Mapping) and isinstance(below, Mapping):
            values[name] = {**below, **value}
        elif value is not None:
            values[name] = value
