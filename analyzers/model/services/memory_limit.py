"""GOMEMLIMIT as the Go runtime reads it: https://pkg.go.dev/runtime#hdr-Environment_Variables"""

from __future__ import annotations

import re
from decimal import Decimal

from analyzers.model.image import Image
from analyzers.model.program import Program
from analyzers.model.services.startup import find_setting
from analyzers.model.workload import Container

MIB = 1 << 20
ADVISED = 0.9
"""The share of a container's limit that leaves room for what the runtime does not manage."""
_LIMIT = re.compile(r"([0-9]{1,19})(B|KiB|MiB|GiB|TiB)?")
_UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": MIB, "GiB": 1 << 30, "TiB": 1 << 40}
_MOST = (1 << 63) - 1
_MEANT = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([KMGT]?)(I?)B?", re.I)
_LIBRARY = "github.com/KimMachineGun/automemlimit"


def bytes_of_gomemlimit(value: str | None) -> int | None:
    """The limit in bytes; None for `off`, for what is unknown, and for what the runtime refuses."""
    found = _LIMIT.fullmatch(value or "")
    amount = int(found[1]) * _UNITS[found[2] or ""] if found else None
    return amount if amount is not None and amount <= _MOST else None


def is_refused(value: str) -> bool:
    """The runtime ends the process at its start: `fatal error: malformed GOMEMLIMIT`."""
    return value not in ("", "off") and bytes_of_gomemlimit(value) is None


def meant_gomemlimit(value: str) -> str | None:
    """The same amount as the runtime wants it: `512Mi` is `512MiB`; None for what is no amount."""
    found = _MEANT.fullmatch(value.strip())
    if not found:
        return None
    unit = found[2].upper()
    if found[3] and unit and "." not in found[1]:
        return f"{found[1]}{unit}iB"
    factor = (1024 if found[3] else 1000) ** " KMGT".index(unit or " ")
    mebibytes = int(Decimal(found[1]) * factor) // MIB
    return f"{mebibytes}MiB" if mebibytes else None


def advised_gomemlimit(limit: int | None) -> str | None:
    """What a container with a limit in bytes may well have; None where that is too small to say."""
    return f"{int(limit * ADVISED) // MIB}MiB" if limit and limit >= 2 * MIB else None


def sets_memory_limit(program: Program) -> bool:
    """The program sets the runtime's limit itself, or has a library do it."""
    if any(path.startswith(_LIBRARY) for path in program.imports):
        return True
    return any(True for _ in program.calls("runtime/debug.SetMemoryLimit"))


def has_no_setting(container: Container, image: Image | None) -> bool:
    """Neither the container nor its image speaks of GOMEMLIMIT, nor of the library that sets it."""
    settings = (find_setting(container, image, variable=name) for name in ("GOMEMLIMIT", "AUTOMEMLIMIT"))
    return container.is_complete and all(setting.is_known and setting.value is None for setting in settings)


def is_off(percent: str | None) -> bool:
    """A GOGC that switches the collector off."""
    return percent == "off" or bool(re.fullmatch("-0*[1-9][0-9]{0,8}", percent or ""))


def uses_c(program: Program) -> bool:
    """It has memory that the runtime does not see."""
    return "C" in program.imports
