"""What a Go expression amounts to: text, parts of which the environment or a flag may decide."""

from __future__ import annotations

import re

from analyzers.parsers.light import light_value

_DURATION = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m|h)")
_NANOSECONDS = {"ns": 1.0, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9}
_MOST_CHARACTERS = 4096
_NAMED_PORTS = {"http": 80, "https": 443}


@light_value
class Read:
    """A part that is decided when the program starts. Without variable, flag and default it is unknown."""

    variable: str = ""
    flag: str = ""
    default: str | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.variable or self.flag or self.default is not None)


Text = tuple[str | Read, ...]
UNKNOWN: Text = (Read(),)


@light_value
class Address:
    """What a server listens on. `host` is None where unknown, empty for all interfaces.

    `variable` and `flag` decide the port (or the whole address); `port` is then the default.
    """

    host: str | None
    port: int | None
    variable: str = ""
    flag: str = ""

    @property
    def is_known(self) -> bool:
        return self.port is not None or bool(self.variable or self.flag)


@light_value
class Duration:
    """`seconds` is None where unknown; `variable` or `flag` decide it, and it is then the default."""

    seconds: float | None
    variable: str = ""
    flag: str = ""


def constant(text: Text) -> str | None:
    """The text, where all of it is known for sure."""
    parts = [part for part in text if isinstance(part, str)]
    return "".join(parts) if len(parts) == len(text) else None


def expected(text: Text) -> str | None:
    """The text with defaults filled in."""
    parts = [part if isinstance(part, str) else part.default for part in text]
    known = [part for part in parts if part is not None]
    return "".join(known) if len(known) == len(parts) else None


def number(text: Text) -> float | None:
    """The value of a number, or of a duration in nanoseconds (`30s`)."""
    return parse_number(expected(text) or "")


def plain_number(text: str) -> str:
    """A Go number as `fmt` prints it: `8_080` and `0x1F90` are 8080. Others than whole ones as written."""
    plain = text.replace("_", "")
    if plain[:1] == "0" and plain[1:].isdigit():  # octal, as Go still takes it
        plain = f"0o{plain[1:]}"
    try:
        return str(int(plain, 0)) if len(plain) < 32 else text
    except ValueError:
        return text


def parse_number(text: str) -> float | None:
    """A Go number or duration, durations in nanoseconds."""
    plain = plain_number(text)
    try:
        return float(int(plain)) if len(plain) < 32 else None
    except ValueError:
        pass
    try:
        return float(plain)
    except ValueError:
        return _duration(text)


def _duration(text: str) -> float | None:
    parts = _DURATION.findall(text)
    if not parts or "".join(amount + unit for amount, unit in parts) != text:
        return None
    return sum(float(amount) * _NANOSECONDS[unit] for amount, unit in parts)


def fall_back(first: Text, second: Text) -> Text:
    """What it is when one stands in for the other; the fixed one is the default of the one that is read."""
    if first == second:
        return first
    for read, fixed in ((first, second), (second, first)):
        front = read[0] if len(read) == 2 and isinstance(read[0], str) else ""
        only = read[-1] if len(read) == (2 if front else 1) else None
        default = constant(fixed)
        if isinstance(only, Read) and only.is_known and default is not None and default.startswith(front):
            decided = Read(only.variable, only.flag, only.default or default[len(front) :])
            return (front, decided) if front else (decided,)
    return UNKNOWN


def fill(template: str, arguments: list[Text]) -> Text:
    """A `fmt` template with its verbs replaced in turn."""
    pieces: list[str | Read] = []
    for literal, verb in re.findall(r"([^%]+)|(%[-+# 0-9.]*[a-zA-Z%])", template):
        if literal:
            pieces.append(literal)
        elif verb == "%%":
            pieces.append("%")
        else:
            pieces.extend(arguments.pop(0) if arguments else UNKNOWN)
    return joined(tuple(pieces))


def joined(text: Text) -> Text:
    """The same with neighbouring constants made one; unknown where it grows too long."""
    if sum(len(piece) for piece in text if isinstance(piece, str)) > _MOST_CHARACTERS:
        return UNKNOWN
    pieces: list[str | Read] = []
    for piece in text:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def parse_address(text: Text) -> Address:
    """`host:port` with either part, or all of it, decided later."""
    text = joined(text)
    if len(text) == 1 and isinstance(text[0], Read):
        return _whole(text[0])
    for index in range(len(text) - 1, -1, -1):
        piece = text[index]
        if isinstance(piece, str) and ":" in piece:
            host, _, rest = piece.rpartition(":")
            return _split((*text[:index], host), (rest, *text[index + 1 :]))
    return Address(None, None)


def _whole(read: Read) -> Address:
    host, colon, port = (read.default or "").rpartition(":")
    if read.default is None:
        return Address(None, None, read.variable, read.flag)
    return Address(host if colon else None, _port(port), read.variable, read.flag)


def _split(host: Text, port: Text) -> Address:
    port = tuple(piece for piece in port if piece != "")
    name = constant(host)
    if len(port) != 1:
        return Address(name, None)
    only = port[0]
    if isinstance(only, str):
        return Address(name, _port(only))
    return Address(name, _port(only.default or ""), only.variable, only.flag)


def _port(text: str) -> int | None:
    text = text.removeprefix(":")
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    return _NAMED_PORTS.get(text)
