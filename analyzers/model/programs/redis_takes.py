"""How a program takes its locks in Redis: for how long, and with what to tell the holder by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.readers import parameter_index
from analyzers.model.programs.redis_commands import (
    TAKING,
    Command,
    find_commands,
    read_deletion,
    read_expiry,
    read_taking,
    read_time_to_live,
    speaks_redis,
)
from analyzers.model.programs.redis_locks import is_counterpart, is_lock, is_scripted, names_of
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Function
from analyzers.parsers.light import light_value

_TRANSACTIONS = ("TxPipelined", "TxPipeline", "Pipelined", "Watch", "Eval", "EvalSha")
_ONCE = re.compile(r"idempot|dedup|duplicate|processed|already|nonce|replay", re.I)
_MOST_TAKES = 500


@light_value
class RedisTake:
    """A SET NX. `time_to_live` is 0 seconds where the key never ends, None where that cannot be known.

    `token` is what it writes, where that is the same for every holder. `is_lock` by the names around it;
    `is_once` where they speak of what must happen only once. `expiries` are what sets an end in a command of
    its own, in the function; `is_at_once` where a transaction sends both together. `releases` are what
    deletes the key, in the function or its counterpart.
    """

    site: Site[Call]
    key: str
    time_to_live: Duration
    token: str | None
    is_lock: bool
    expiries: tuple[Site[Call], ...]
    is_once: bool = False
    is_at_once: bool = False
    is_renewed: bool = False
    """Another function of the package sets an end to a key of that name."""
    releases: tuple[Site[Call], ...] = ()


def find_redis_takes(code: Code) -> Iterator[RedisTake]:
    """Every SET NX in code that may run."""
    values = Values(code)
    speaking = {id(package) for package in code.packages if speaks_redis(package)}
    taking = {id(site.function) for site in code.named(TAKING)} if speaking else ()
    count = 0
    for package, path, function in code.reached:
        if id(package) not in speaking or id(function) not in taking:
            continue
        site = Site(package, path, function, function)
        for command in find_commands(site, read_taking):
            count += 1
            if count > _MOST_TAKES:
                return
            yield _take(values, code, command)


def _take(values: Values, code: Code, command: Command) -> RedisTake:
    site = command.site
    own = Site(site.package, site.path, site.function, site.function)
    others = [Site(*entry, entry[2]) for entry in code.reached if entry[0] is site.package]
    return RedisTake(
        site=site,
        key=command.key_text,
        time_to_live=_time_to_live(values, site),
        token=_token(values, command),
        is_lock=is_lock(command, site.function),
        expiries=tuple(each for each in _expiries(command, own) if each.node.start > site.node.start),
        is_once=any(_ONCE.search(name) for name in names_of(command, site.function)),
        is_at_once=any(call.method in _TRANSACTIONS for call in site.function.calls),
        is_renewed=any(
            each.function is not site.function for other in others for each in _expiries(command, other)
        ),
        releases=tuple(each for other in others for each in _releases(command, own, other)),
    )


def _time_to_live(values: Values, site: Site[Call]) -> Duration:
    known, written = read_time_to_live(site.node)
    if not known:
        return Duration(None)
    if written is None:
        return Duration(0)
    if written.kind == "selector" and written.text == "KeepTTL":
        return Duration(0)
    return values.duration(site.of(written))


def _token(values: Values, command: Command) -> str | None:
    """A constant, `true` included; what a parameter is given is the caller's own."""
    value = command.value
    if value is None:
        return None
    if value.kind == "name" and value.text in ("true", "false"):
        return value.text
    if value.kind == "name" and parameter_index(command.site.function, value.text) is not None:
        return None
    return values.constant(command.site.of(value))


def _expiries(command: Command, function: Site[Function]) -> Sequence[Site[Call]]:
    """EXPIRE of the same key in a function."""
    later = find_commands(function, read_expiry)
    return [each.site for each in later if each.key_text == command.key_text]


def _releases(command: Command, own: Site[Function], other: Site[Function]) -> Iterator[Site[Call]]:
    """DEL of the same key, or a script on it."""
    if other.function is not own.function and not is_counterpart(own, other):
        return
    for each in find_commands(other, read_deletion):
        if each.key_text == command.key_text:
            yield each.site
    for call in other.function.calls:
        if is_scripted(other.of(call), command.key_text):
            yield other.of(call)
