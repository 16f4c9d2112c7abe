"""EXPOSE: `8080`, `8080/tcp`, `8080-8083`."""

from __future__ import annotations

from collections.abc import Iterator

_WIDEST_RANGE = 64


def read_ports(text: str) -> Iterator[int | None]:
    """The TCP ports; one unknown for what is no port, or a range wider than anyone listens on."""
    for part in text.split():
        number, _, protocol = part.partition("/")
        if protocol.lower() in ("", "tcp"):
            first, dash, last = number.partition("-")
            yield from _range(_port(first), _port(last if dash else first))


def _range(first: int | None, last: int | None) -> Iterator[int | None]:
    if first is None or last is None or last - first >= _WIDEST_RANGE:
        yield None
    else:
        yield from range(first, last + 1)


def _port(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= 5
    return int(text) if is_number and 0 < int(text) < 65536 else None
