"""How a program takes its locks in Redis: for how long, and with what to tell the holder by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.redis_commands import (
    Command,
    find_commands,
    read_expiry,
    read_taking,
    read_time_to_live,
    speaks_redis,
)
from analyzers.model.programs.redis_locks import is_lock
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call

_TRANSACTIONS = ("TxPipelined", "TxPipeline", "Pipelined", "Watch", "Eval", "EvalSha")
_MOST_TAKES = 500


@dataclass(frozen=True, slots=True)
class RedisTake:
    """A SET NX. `time_to_live` is 0 seconds where the key never ends, None where that cannot be known.

    `token` is what it writes, where that is the same for every holder. `is_lock` by the names around it:
    an idempotency key is taken the same way. `expiries` are what sets an end in a command of its own.
    """

    site: Site[Call]
    key: str
    time_to_live: Duration
    token: str | None
    is_lock: bool
    expiries: tuple[Site[Call], ...]


def find_redis_takes(code: Code) -> Iterator[RedisTake]:
    """Every SET NX in code that may run."""
    values = Values(code)
    speaking = {id(package) for package in code.packages if speaks_redis(package)}
    count = 0
    for package, path, function in code.reached:
        if id(package) not in speaking:
            continue
        site = Site(package, path, function, function)
        for command in find_commands(site, read_taking):
            count += 1
            if count > _MOST_TAKES:
                return
            yield _take(values, command)


def _take(values: Values, command: Command) -> RedisTake:
    site = command.site
    return RedisTake(
        site=site,
        key=command.key_text,
        time_to_live=_time_to_live(values, site),
        token=_token(values, command),
        is_lock=is_lock(command, site.function),
        expiries=tuple(_expiries(command)),
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
    """A constant, `true` included."""
    value = command.value
    if value is None:
        return None
    if value.kind == "name" and value.text in ("true", "false"):
        return value.text
    return values.constant(command.site.of(value))


def _expiries(command: Command) -> Sequence[Site[Call]]:
    """EXPIRE of the same key in the function, unless it sends both at once."""
    site = command.site
    if any(call.method in _TRANSACTIONS for call in site.function.calls):
        return ()
    function = Site(site.package, site.path, site.function, site.function)
    later = find_commands(function, read_expiry)
    return [each.site for each in later if each.key_text == command.key_text]
