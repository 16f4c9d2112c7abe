"""The one walk over a file's syntax tree: each node read into an expression or a fact, its children first.

tree-sitter's queries are quadratic on hostile input, a walk is linear; so there is one walk with a limit on
depth and a budget of time. Nothing of the tree outlives it.

A file has a thousand nodes for each page of source, so what is done for each of them decides how long the
whole takes: a node that opens nothing costs one call of its reader and one of `parts` or `values`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

from tree_sitter import Node, Tree

from analyzers.parsers.go.collected import Body, Collected
from analyzers.parsers.go.expression import Expression, make
from analyzers.parsers.go.facts import Parameter, Scope, ScopeKind
from analyzers.parsers.go.grammar import EVERY_KIND

MOST_DEPTH = 250
MOST_STEPS = 150_000
"""Nodes with children of their own; ordinary Go of 1 MiB has 60,000."""
_STEPS_BETWEEN_CLOCKS = 1024
_PACKAGE = Scope("package", 0, 0)
_OFFSETS = tuple(range(1 << 15))
"""One object for each number, for all files: their facts hold several hundred thousand."""

Value = Expression | tuple[Expression, ...] | list[Parameter]
"""What a node is read as: an expression, a list of them, or parameters."""


def only_expressions(values: list[Value]) -> tuple[Expression, ...]:
    return tuple([value for value in values if type(value) is Expression])


class OutOfBudget(Exception):
    """The walk's budget is spent, which the message names; what was collected so far stands."""


class Frame:
    """A node that opens something: a scope, or a place for variables. `values` is what was read in it."""

    __slots__ = ("end", "kind", "outer", "parent", "shadowed", "start", "state", "values")

    def __init__(self, kind: int, start: int, end: int, outer: Scope, parent: Frame | None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.outer = outer
        self.parent = parent
        self.values: list[Value] = []
        self.shadowed: list[str] | None = None
        self.state: object = None
        """What the node's own reader remembers between its children."""


class Texts(dict[bytes, str]):
    """The identifiers of a file by their bytes, so that equal ones are one object."""

    def __missing__(self, raw: bytes) -> str:
        text = self[raw] = raw.decode(errors="replace")
        return text


class Walk:
    """The state of one walk, which the readers read and write."""

    def __init__(self, source: bytes, tree: Tree, grammar: Grammar, deadline: float) -> None:
        self.source = source
        self.is_sound = not tree.root_node.has_error
        self.offsets = _OFFSETS if len(source) < len(_OFFSETS) - 1 else range(len(source) + 2)
        self.collected = Collected()
        self.scope = _PACKAGE
        self.body = Body()
        self.frame = Frame(0, 0, len(source), _PACKAGE, None)
        self.imports: dict[str, str] = {}
        self.texts = Texts()
        self.chains: dict[bytes, tuple[str, ...]] = {}
        """The names of selectors by their bytes, empty where they hold more than names."""
        self.parameters: dict[bytes, tuple[list[Parameter], set[str]]] = {}
        """Those of a declaration by its bytes, with the names in it, as long as no import is shadowed."""
        self.shadows = 0
        """How many variables hide an import just now."""
        self._shadowed: dict[str, int] = {}
        self._readers = grammar.readers
        self._deepest = grammar.deepest
        self._deadline = deadline
        self._depth = 0
        self._steps = 0

    def parts(self, node: Node, found: list[Expression] | None = None) -> list[Expression]:
        """The expressions below a node. As `values`; written out twice for its speed."""
        if found is None:
            found = []
        self._steps += 1
        if not self._steps % _STEPS_BETWEEN_CLOCKS:
            self._look_at_the_clock()
        self._depth += 1
        readers = self._readers if self._depth < MOST_DEPTH else self._deepest
        for child in node.named_children:
            read = readers[child.kind_id]
            if read is None:
                continue
            if read is stand_in_place:
                self.parts(child, found)
                continue
            value = read(self, child)
            if type(value) is Expression:
                found.append(value)
        self._depth -= 1
        return found

    def values(self, node: Node, found: list[Value] | None = None) -> list[Value]:
        """What the children of a node are read as. Raises OutOfBudget, as everything that reads."""
        if found is None:
            found = []
        self._steps += 1
        if not self._steps % _STEPS_BETWEEN_CLOCKS:
            self._look_at_the_clock()
        self._depth += 1
        readers = self._readers if self._depth < MOST_DEPTH else self._deepest
        for child in node.named_children:
            read = readers[child.kind_id]
            if read is None:
                continue
            if read is stand_in_place:
                self.values(child, found)
                continue
            value = read(self, child)
            if value is not None:
                found.append(value)
        self._depth -= 1
        return found

    def _look_at_the_clock(self) -> None:
        if self._steps > MOST_STEPS:
            raise OutOfBudget(f"stopped after {MOST_STEPS:,} nodes")
        if thread_time() > self._deadline:
            raise OutOfBudget("stopped after its time budget")

    def open(self, node: Node) -> Frame:
        """Begin a node that opens something."""
        offsets = self.offsets
        start, end = offsets[node.start_byte], offsets[node.end_byte]
        return Frame(node.kind_id, start, end, self.scope, self.frame)

    def read(self, node: Node, frame: Frame) -> None:
        """Read the children of a node into its frame, then close what was opened and declared in it."""
        around = self.frame
        self.frame = frame
        self.values(node, frame.values)
        self.frame = around
        self.scope = frame.outer
        if frame.shadowed:
            for name in frame.shadowed:
                self._shadowed[name] -= 1
            self.shadows -= len(frame.shadowed)

    def open_scope(
        self,
        kind: ScopeKind,
        frame: Frame,
        condition: Expression | None = None,
        parameters: tuple[Parameter, ...] = (),
    ) -> None:
        self.scope = make(Scope, (kind, frame.start, frame.end, self.scope, condition, parameters))

    def declare(self, name: str, frame: Frame) -> None:
        """From here to the end of `frame` a name means a variable, not an import."""
        if name in self.imports:
            frame.shadowed = [*(frame.shadowed or ()), name]
            self.shadows += 1
            self._shadowed[name] = self._shadowed.get(name, 0) + 1

    def imported(self, name: str) -> str:
        """The import path behind a name, or nothing."""
        path = self.imports.get(name)
        return path if path is not None and not self._shadowed.get(name) else ""


Read = Callable[[Walk, Node], Value | None]
Enter = Callable[[Walk, Frame, Frame], None]
Leave = Callable[[Walk, Frame], Value | None]


def stand_in_place(walk: Walk, node: Node) -> None:
    """Marks a node whose children count as those of the node around it."""
    raise AssertionError


def skim(walk: Walk, node: Node) -> None:
    """A node that is read for what is in it alone."""
    walk.values(node)


def framed(enter: Enter | None, leave: Leave | None) -> Read:
    """The reader of a node that opens something: `enter` is asked before its children, `leave` after."""

    def read(walk: Walk, node: Node) -> Value | None:
        frame = walk.open(node)
        if enter is not None:
            enter(walk, frame, walk.frame)
        walk.read(node, frame)
        return leave(walk, frame) if leave is not None else None

    return read


def _give_up(walk: Walk, node: Node) -> None:
    """The reader of what is nested too deep."""
    walk.collected.is_partial = True
    walk.collected.limit = f"nested deeper than {MOST_DEPTH} levels somewhere"


class Grammar:
    """The readers by kind. A kind without one is skipped with all it holds; leaves are those without children
    to read."""

    def __init__(self, leaves: dict[int, Read], inner: dict[int, Read]) -> None:
        self.readers: dict[int, Read | None] = {**dict.fromkeys(EVERY_KIND), **leaves, **inner}
        self.deepest: dict[int, Read | None] = {**self.readers, **dict.fromkeys(inner, _give_up)}
