"""What a Go file declares and what its functions do, in the order of the source.

Every fact carries byte offsets (`start`, `end`), which `GoFile.span` turns into lines and columns.
Those a file has thousands of are named tuples, which cost a third of a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal as Choice
from typing import NamedTuple

from analyzers.parsers.go.expression import Expression
from analyzers.parsers.light import light_value

ScopeKind = Choice["function", "literal", "go", "defer", "loop", "if", "else", "select", "case", "package"]


@light_value
class Import:
    """`name` is what the file calls it: the alias, or a guess from the path; `_` and `.` as written."""

    name: str
    path: str
    start: int
    end: int


class Parameter(NamedTuple):
    """`type` is qualified through the imports, with its `*`, `[]` or `...`; empty where it has no name."""

    name: str
    type: str


@light_value
class Declaration:
    """A constant or variable of the package. `value` is None where it has none of its own."""

    name: str
    type: str
    value: Expression | None
    start: int
    end: int
    is_constant: bool = False


@light_value
class StructField:
    """`tag` is the text between the back quotes. An embedded field is named like its type."""

    name: str
    type: str
    tag: str
    start: int
    end: int
    is_embedded: bool = False


@light_value
class StructType:
    """`name` is empty for a struct type without one, inside another or in a function."""

    name: str
    fields: tuple[StructField, ...]
    start: int
    end: int


class Scope(NamedTuple):
    """Where a statement stands: the chain of what is around it, up to its function.

    `condition` is that of an `if` (also of its `else`), what a `case` of a `select` waits for, or what a loop
    asks or ranges over: None for a loop without end. `parameters` belong to functions and function
    literals; `start` and `end` of a literal are those of its expression.
    """

    kind: ScopeKind
    start: int
    end: int
    parent: Scope | None = None
    condition: Expression | None = None
    parameters: tuple[Parameter, ...] = ()

    def within(self, kind: ScopeKind) -> Scope | None:
        """The nearest scope of a kind, itself included."""
        scope: Scope | None = self
        while scope is not None and scope.kind != kind:
            scope = scope.parent
        return scope

    @property
    def callable(self) -> Scope:
        """The function or function literal that it runs in."""
        scope = self
        while scope.parent is not None and scope.kind not in ("function", "literal"):
            scope = scope.parent
        return scope

    def is_in(self, other: Scope) -> bool:
        scope: Scope | None = self
        while scope is not None and scope is not other:
            scope = scope.parent
        return scope is other


class Call(NamedTuple):
    """A call. `callee` is `net/http.ListenAndServe` for an imported package's function, `srv.Serve` for
    a method on a chain of names, `.Serve` for a method on anything else, `run` for a plain function.

    `package` is the import path, or empty. `names` are what the results are assigned to.
    """

    callee: str
    package: str
    expression: Expression
    scope: Scope
    names: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.expression.start

    @property
    def end(self) -> int:
        return self.expression.end

    @property
    def arguments(self) -> tuple[Expression, ...]:
        return self.expression.parts[1:]

    @property
    def function(self) -> Expression:
        """The callee as an expression."""
        return self.expression.parts[0]

    @property
    def method(self) -> str:
        """The last part of the callee."""
        return self.callee.rpartition(".")[2]

    @property
    def receiver(self) -> Expression | None:
        """What a method is called on; None for functions, an imported package's too."""
        return self.function.parts[0] if self.function.kind == "selector" and not self.package else None

    @property
    def in_goroutine(self) -> bool:
        return self.scope.within("go") is not None

    @property
    def is_deferred(self) -> bool:
        return self.scope.within("defer") is not None

    @property
    def in_loop(self) -> bool:
        return self.scope.within("loop") is not None


class Literal(NamedTuple):
    """A composite literal of a named type: `net/http.Server`, or `Config` of the own package."""

    type: str
    expression: Expression
    scope: Scope
    names: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.expression.start

    @property
    def end(self) -> int:
        return self.expression.end


class Assignment(NamedTuple):
    """`=`, `:=`, `var`, `const`, `+=` and its like, or `range` with the ranged value.

    A call may fill several targets.
    """

    operator: str
    targets: tuple[Expression, ...]
    values: tuple[Expression, ...]
    scope: Scope
    start: int
    end: int

    def value_of(self, index: int) -> Expression | None:
        """The value of a target; None where one call fills several."""
        return self.values[index] if len(self.values) == len(self.targets) else None


@light_value
class Receive:
    """`<-channel`. `is_case` where a `select` waits for it among others."""

    channel: Expression
    scope: Scope
    start: int
    end: int
    is_case: bool = False


@light_value
class Send:
    """`channel <- value`."""

    channel: Expression
    value: Expression
    scope: Scope
    start: int
    end: int


@light_value
class Select:
    """A select statement; its cases are scopes around what they do. One without cases waits for ever."""

    scope: Scope
    start: int
    end: int
    has_default: bool = False
    has_cases: bool = True


@light_value
class Jump:
    """`break` or `goto`, with its label where it has one."""

    kind: Choice["break", "goto"]
    label: str
    scope: Scope
    start: int
    end: int


class Return(NamedTuple):
    values: tuple[Expression, ...]
    scope: Scope
    start: int
    end: int


@light_value
class Function:
    """A function or method; `receiver` is its type without `*`. The one named "" is a file's initial values.

    `names` are all identifiers in it, for telling what it may reach.
    """

    name: str
    receiver: str
    receiver_name: str
    parameters: tuple[Parameter, ...]
    start: int
    end: int
    name_start: int
    name_end: int
    calls: tuple[Call, ...] = ()
    literals: tuple[Literal, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    receives: tuple[Receive, ...] = ()
    sends: tuple[Send, ...] = ()
    selects: tuple[Select, ...] = ()
    returns: tuple[Return, ...] = ()
    jumps: tuple[Jump, ...] = ()
    results: tuple[str, ...] = ()
    """The types of what it gives back, written as those of parameters."""
    names: frozenset[str] = field(default=frozenset(), repr=False)
