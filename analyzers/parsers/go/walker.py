"""The one walk over a file's syntax tree: children first, each node reduced to an expression or a fact.

tree-sitter's queries are quadratic on hostile input, a walk is linear; so there is one walk with a limit on
depth and a budget of time. Nothing of the tree outlives it.
"""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time
from typing import NamedTuple

from tree_sitter import Node, Tree

from analyzers.parsers.go.collected import Body, Collected
from analyzers.parsers.go.expression import Expression
from analyzers.parsers.go.facts import Parameter, Scope, ScopeKind
from analyzers.parsers.go.grammar import ERROR

MOST_DEPTH = 250
MOST_STEPS = 150_000
"""Nodes with children of their own; ordinary Go of 1 MiB has 60,000."""
_STEPS_BETWEEN_CLOCKS = 1024
_PACKAGE = Scope("package", 0, 0)
_OFFSETS = tuple(range(1 << 15))
"""One object for each number, for all files: their facts hold several hundred thousand."""

Value = Expression | list[Expression] | list[Parameter]


class OutOfBudget(Exception):
    """The walk's budget is spent, which the message names; what was collected so far stands."""


class Frame:
    """A node whose children are being read, with what they were reduced to."""

    __slots__ = ("end", "kind", "outer", "shadowed", "start", "state", "values")

    def __init__(self, kind: int, start: int, end: int, outer: Scope) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.values: list[Value] = []
        self.outer = outer
        self.shadowed: list[str] | None = None
        self.state: object = None
        """What the node's own reducer remembers between its children."""


class Walk:
    """The state of one walk, which the reducers read and write."""

    def __init__(self, source: bytes, deadline: float) -> None:
        self.source = source
        self.offsets = _OFFSETS if len(source) < len(_OFFSETS) - 1 else range(len(source) + 2)
        self.collected = Collected()
        self.frames: list[Frame] = []
        self.scope = _PACKAGE
        self.body = Body()
        self.imports: dict[str, str] = {}
        self._shadowed: dict[str, int] = {}
        self._names: dict[bytes, str] = {}
        self._deadline = deadline
        self._steps = 0

    def has_room(self) -> bool:
        """Whether the walk may go a level deeper. Raises OutOfBudget."""
        self._steps += 1
        if not self._steps % _STEPS_BETWEEN_CLOCKS:
            if self._steps > MOST_STEPS:
                raise OutOfBudget(f"stopped after {MOST_STEPS:,} nodes")
            if thread_time() > self._deadline:
                raise OutOfBudget("stopped after its time budget")
        if len(self.frames) >= MOST_DEPTH:
            self.collected.is_partial = True
            self.collected.limit = f"nested deeper than {MOST_DEPTH} levels somewhere"
            return False
        return True

    def leave(self, frame: Frame) -> None:
        """Close what was opened and declared in a frame."""
        self.scope = frame.outer
        if frame.shadowed:
            for name in frame.shadowed:
                self._shadowed[name] -= 1

    def open_scope(
        self,
        kind: ScopeKind,
        frame: Frame,
        condition: Expression | None = None,
        parameters: tuple[Parameter, ...] = (),
    ) -> None:
        self.scope = Scope(kind, frame.start, frame.end, self.scope, condition, parameters)

    def name(self, start: int, end: int) -> str:
        """The text of an identifier; equal ones are one object."""
        raw = self.source[start:end]
        known = self._names.get(raw)
        if known is None:
            known = self._names[raw] = raw.decode(errors="replace")
        return known

    def declare(self, name: str, frame: Frame) -> None:
        """From here to the end of `frame` a name means a variable, not an import."""
        if name in self.imports:
            frame.shadowed = [*(frame.shadowed or ()), name]
            self._shadowed[name] = self._shadowed.get(name, 0) + 1

    def imported(self, name: str) -> str:
        """The import path behind a name, or nothing."""
        return "" if self._shadowed.get(name) else self.imports.get(name, "")


Leaf = Callable[[Walk, int, int], Expression | None]
Enter = Callable[[Walk, Frame, Frame], None]
Reduce = Callable[[Walk, Frame], Value | None]


class NodeRule(NamedTuple):
    """What to do with one kind of node: read it whole, or read its children, enter before and reduce after.

    A transparent node's children count as its parent's.
    """

    leaf: Leaf | None = None
    enter: Enter | None = None
    reduce: Reduce | None = None
    is_transparent: bool = False


class Grammar:
    """The rules by kind. A kind without a rule is skipped with all it holds."""

    def __init__(
        self,
        leaves: dict[int, Leaf],
        transparent: frozenset[int],
        enters: dict[int, Enter],
        reducers: dict[int, Reduce | None],
    ) -> None:
        self._rules = {kind: NodeRule(leaf=leaf) for kind, leaf in leaves.items()}
        self._rules |= {kind: NodeRule(is_transparent=True) for kind in transparent | {ERROR}}
        self._rules |= {kind: NodeRule(None, enters.get(kind), reduce) for kind, reduce in reducers.items()}

    def read(self, tree: Tree, walk: Walk) -> None:
        """Walk the whole tree. Raises OutOfBudget."""
        whole = Frame(0, 0, len(walk.source), walk.scope)
        walk.frames.append(whole)
        self._read_children(tree.root_node, walk, whole)

    def _read_children(self, parent: Node, walk: Walk, frame: Frame) -> None:
        """The one loop over all nodes of a file, written out for its speed."""
        rules, frames, offsets = self._rules, walk.frames, walk.offsets
        value: Value | None
        for node in parent.children:
            kind = node.kind_id
            rule = rules.get(kind)
            if rule is None:
                continue
            leaf, enter, reduce, is_transparent = rule
            if leaf is not None:
                value = leaf(walk, offsets[node.start_byte], offsets[node.end_byte])
            elif not walk.has_room():
                continue
            elif is_transparent:  # its children stand in its place
                frames.append(frame)
                self._read_children(node, walk, frame)
                frames.pop()
                continue
            else:
                inner = Frame(kind, offsets[node.start_byte], offsets[node.end_byte], walk.scope)
                if enter is not None:
                    enter(walk, inner, frame)
                frames.append(inner)
                self._read_children(node, walk, inner)
                frames.pop()
                walk.leave(inner)
                value = reduce(walk, inner) if reduce is not None else None
            if value is not None:
                frame.values.append(value)
