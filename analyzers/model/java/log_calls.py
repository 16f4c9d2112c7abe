"""Finds the calls of loggers in Java source, and how their messages are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from analyzers.finding import Location
from analyzers.model.java.application import LogCall

if TYPE_CHECKING:
    from analyzers.parsers.java import JavaCall, JavaFile, Value

_LEVELS: dict[str, Literal["trace", "debug", "info", "warn", "error"]] = {
    "trace": "trace",
    "debug": "debug",
    "info": "info",
    "warn": "warn",
    "error": "error",
}
_TYPES = frozenset({"Logger", "Log", "ExtendedLogger", "FluentLogger"})
_LOMBOK = frozenset(
    {"lombok.extern.slf4j.Slf4j", "lombok.extern.log4j.Log4j2", "lombok.extern.apachecommons.CommonsLog"}
)
_FORMATTERS = frozenset({"format", "formatted", "join"})
_DUMPS = frozenset(
    {
        "toString",
        "deepToString",
        "toPrettyString",
        "toJson",
        "writeValueAsString",
        "serialize",
        "dump",
        "collect",
    }
)
"""Methods that walk through a whole object."""
_CONSTANT = frozenset({"string", "number"})


def find_log_calls(path: str, file: JavaFile) -> Iterator[LogCall]:
    """Calls on variables declared as a logger, or on Lombok's `log`."""
    has_lombok = not _LOMBOK.isdisjoint(file.imports.values())
    for call in file.calls:
        if call.name in _LEVELS and call.arguments and _is_logger(call, has_lombok):
            message = _message(call)
            yield LogCall(
                at=Location(path, call.span),
                level=_LEVELS[call.name],
                message_at=Location(path, message.span),
                building=_building(message, file),
                calls=tuple(_called(message)),
                annotations=call.method.annotations if call.method else frozenset(),
                in_loop=call.in_loop,
                in_condition=call.in_condition,
            )


def _is_logger(call: JavaCall, has_lombok: bool) -> bool:
    return call.type in _TYPES or (has_lombok and call.receiver == "log" and not call.type)


def _message(call: JavaCall) -> Value:
    """The message; a marker may stand before it."""
    first, *rest = call.arguments
    return rest[0] if first.kind == "name" and rest and rest[0].kind in ("string", "sum") else first


def _building(message: Value, file: JavaFile) -> Literal["", "concatenation", "format", "call"]:
    if message.kind == "sum":
        return "" if all(_is_constant(part, file) for part in message.parts) else "concatenation"
    if message.kind == "call":
        return "format" if message.text in _FORMATTERS else "call"
    return ""


def _is_constant(value: Value, file: JavaFile) -> bool:
    known = file.constants.get(value.text) if value.kind == "name" else value
    return known is not None and known.kind in _CONSTANT


def _called(message: Value) -> Iterator[str]:
    waiting = [message]
    while waiting:
        value = waiting.pop()
        if value.kind == "call" and value.text not in _FORMATTERS:
            yield value.text
        waiting.extend(value.parts)


def is_costly(call: LogCall) -> bool:
    """Whether its message costs something before the level is known.

    For a level that is commonly off that is any message put together; else one of a whole object's text.
    """
    if call.level in ("trace", "debug"):
        return call.building in ("concatenation", "format") or bool(_DUMPS.intersection(call.calls))
    return call.level == "info" and bool(call.building) and bool(_DUMPS.intersection(call.calls))
