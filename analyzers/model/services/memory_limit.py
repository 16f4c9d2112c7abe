"""GOMEMLIMIT as the Go runtime reads it: https://pkg.go.dev/runtime#hdr-Environment_Variables"""

from __future__ import annotations

import re

MIB = 1 << 20
_LIMIT = re.compile(r"([0-9]{1,19})(B|KiB|MiB|GiB|TiB)?")
_UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": MIB, "GiB": 1 << 30, "TiB": 1 << 40}


def bytes_of_gomemlimit(value: str | None) -> int | None:
    """The limit in bytes; None for `off`, for what is unknown, and for what the runtime refuses."""
    found = _LIMIT.fullmatch(value or "")
    return int(found[1]) * _UNITS[found[2] or ""] if found else None
