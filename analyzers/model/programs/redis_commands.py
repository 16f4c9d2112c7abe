"""Redis commands that a Go function sends on one key, through go-redis or redigo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzers.model.programs.package import Package, Site
from analyzers.parsers.go import Call, Expression, Function
from analyzers.parsers.light import light_value

_LIBRARIES = (
    "github.com/redis/go-redis",
    "github.com/go-redis/redis",
    "gopkg.in/redis",
    "github.com/gomodule/redigo",
    "github.com/garyburd/redigo",
    "github.com/redis/rueidis/rueidiscompat",
)
_ENDS = frozenset({"EX", "PX", "EXAT", "PXAT"})
"""Words of SET after which the key's end follows."""
_MOST_TEXT = 200

CommandReader = Callable[[Call], tuple[Expression, ...]]


@light_value
class Command:
    """A Redis command on one key."""

    site: Site[Call]
    key: Expression
    value: Expression | None = None
    """What SET NX writes."""

    @property
    def key_text(self) -> str:
        return self.site.file.text(self.key)[:_MOST_TEXT]


def speaks_redis(package: Package) -> bool:
    """It imports a client; other packages of the program may use one that it hands out."""
    return any(entry.path.startswith(_LIBRARIES) for file in package.files.values() for entry in file.imports)


TAKING = frozenset({"SetNX", "SetArgs", "Do", "Send"})
"""The methods of which `read_taking` finds something."""


def find_commands(site: Site[Function], read: CommandReader) -> list[Command]:
    found = ((call, read(call)) for call in site.function.calls)
    return [Command(site.of(call), *arguments) for call, arguments in found if arguments]


def read_taking(call: Call) -> tuple[Expression, ...]:
    """The key and the value of a SET NX."""
    arguments = call.arguments
    if call.method == "SetNX" and len(arguments) in (3, 4):
        return arguments[-3:-1]
    if call.method == "SetArgs" and len(arguments) in (3, 4) and _asks_for_nx(arguments[-1]):
        return arguments[-3:-1]
    verb, rest = _written_command(call)
    is_exclusive = verb == "SETNX" or (
        verb == "SET" and any(part.kind == "string" and part.text.upper() == "NX" for part in rest)
    )
    return tuple(rest[:2]) if is_exclusive and len(rest) >= 2 else ()


def _asks_for_nx(options: Expression) -> bool:
    mode = options.field("Mode")
    return mode is not None and mode.text.upper() == "NX"


def read_time_to_live(call: Call) -> tuple[bool, Expression | None]:
    """Whether a SET NX tells how long the key lives, and where: none for a key that never ends."""
    arguments = call.arguments
    if call.method == "SetNX":
        return True, arguments[-1]
    if call.method == "SetArgs":
        options = arguments[-1]
        return options.kind == "composite", options.field("TTL") or options.field("ExpireAt")
    verb, rest = _written_command(call)
    if verb == "SETNX":
        return True, None
    words = [part.text.upper() for part in rest if part.kind == "string"]
    return _ENDS.isdisjoint(words) and not any(part.text == "..." for part in rest), None


def read_expiry(call: Call) -> tuple[Expression, ...]:
    """The key of an EXPIRE or PEXPIRE."""
    if call.method in ("Expire", "PExpire", "ExpireAt") and len(call.arguments) in (2, 3):
        return call.arguments[-2:-1] if call.receiver is not None else ()
    verb, rest = _written_command(call)
    return tuple(rest[:1]) if verb in ("EXPIRE", "PEXPIRE") and len(rest) >= 2 else ()


def read_deletion(call: Call) -> tuple[Expression, ...]:
    return _only_key(call, ("Del", "Unlink"), ("DEL", "UNLINK"))


def read_get(call: Call) -> tuple[Expression, ...]:
    return _only_key(call, ("Get",), ("GET",))


def _only_key(call: Call, methods: Sequence[str], verbs: Sequence[str]) -> tuple[Expression, ...]:
    """The key of a command that takes one. go-redis puts a context before it since version 8."""
    if call.method in methods and call.receiver is not None and len(call.arguments) in (1, 2):
        return call.arguments[-1:]
    verb, rest = _written_command(call)
    return tuple(rest) if verb in verbs and len(rest) == 1 else ()


def _written_command(call: Call) -> tuple[str, Sequence[Expression]]:
    """`conn.Do("SET", key, token, "NX")`, in go-redis with a context in front."""
    if call.method not in ("Do", "Send") or call.receiver is None:
        return "", ()
    for index, argument in enumerate(call.arguments[:2]):
        if argument.kind == "string":
            return argument.text.upper(), call.arguments[index + 1 :]
    return "", ()
