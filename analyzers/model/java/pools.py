"""Finds HikariCP's connection pools in Spring settings and in Java source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.java.application import Pool, SpringSettings

if TYPE_CHECKING:
    from analyzers.parsers.java import JavaCall, JavaFile

_TYPES = frozenset({"HikariConfig", "HikariDataSource"})
_MAXIMUM, _TIMEOUT = "maximumpoolsize", "connectiontimeout"
_SETTERS = frozenset({"setMaximumPoolSize", "setConnectionTimeout"})


def pools_of_settings(settings: SpringSettings) -> Iterator[Pool]:
    """The pool of each `….hikari` section; of a hikari.properties, the one it is about."""
    groups: dict[str, dict[str, Fact[str]]] = defaultdict(dict)
    for key, fact in settings.values.items():
        section, _, name = key.rpartition(".")
        if name in (_MAXIMUM, _TIMEOUT) and section.rpartition(".")[2] in ("hikari", ""):
            groups[section][name] = fact
    for section, found in groups.items():
        maximum, timeout = (_whole(found.get(name)) for name in (_MAXIMUM, _TIMEOUT))
        comment = settings.comments.get(f"{section}.{_MAXIMUM}".lstrip("."), "")
        yield Pool(next(iter(found.values())).at, maximum, timeout, settings.profile, comment)


def pools_of_source(path: str, file: JavaFile) -> Iterator[Pool]:
    """The pools that a file sets up, by the variable they are held in."""
    groups: dict[tuple[object, str, str], list[JavaCall]] = defaultdict(list)
    for call in file.calls:
        if call.type in _TYPES and call.name in _SETTERS and call.arguments:
            groups[call.method, call.type, call.receiver].append(call)
    for calls in groups.values():
        yield _pool(path, file, calls)


def _pool(path: str, file: JavaFile, calls: Sequence[JavaCall]) -> Pool:
    maximum, timeout = (_last(calls, name) for name in ("setMaximumPoolSize", "setConnectionTimeout"))
    line = maximum.span.line if maximum else 0
    return Pool(
        at=Location(path, (maximum or calls[0]).span),
        maximum=_number(path, file, maximum),
        connection_timeout=_number(path, file, timeout),
        comment=file.comments.get(line) or file.comments.get(line - 1, ""),
    )


def _number(path: str, file: JavaFile, call: JavaCall | None) -> Fact[int] | None:
    if call is None:
        return None
    argument = call.arguments[0]
    return Fact(argument.number(file.constants), Location(path, argument.span))


def _last(calls: Sequence[JavaCall], name: str) -> JavaCall | None:
    return next((call for call in reversed(calls) if call.name == name), None)


def _whole(fact: Fact[str] | None) -> Fact[int] | None:
    if fact is None:
        return None
    text = (fact.value or "").strip()
    return Fact(int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None, fact.at)
