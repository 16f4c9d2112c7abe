"""One Java file as the parser hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from analyzers.parsers.java.value import Value
from analyzers.parsers.light import light_record, light_value
from analyzers.parsers.position import Span


@light_value
class JavaMethod:
    """A method or constructor. `annotations` are those of the method and of its class, without `@`."""

    name: str
    owner: str
    annotations: frozenset[str]
    span: Span


@light_value
class JavaCall:
    """A method call. `receiver` is what it is called on, as written, without `this.`; empty for none.

    `type` is what that was declared or made as, without type arguments; empty where that is not known.
    """

    receiver: str
    type: str
    name: str
    arguments: tuple[Value, ...]
    span: Span
    method: JavaMethod | None = None
    in_loop: bool = False
    in_condition: bool = False
    """An `if` or `switch` decides whether it is made."""


@light_record
class JavaFile:
    """`imports` are full names by the simple one; `constants` the fields with a value, by name.

    `is_partial` where syntax that is wrong hid something.
    """

    package: str = ""
    imports: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    calls: tuple[JavaCall, ...] = ()
    comments: Mapping[int, str] = field(default_factory=dict)
    """By the line they begin on."""
    is_partial: bool = False
    limit: str = ""
    """The limit that was met, in words; empty where none was."""
