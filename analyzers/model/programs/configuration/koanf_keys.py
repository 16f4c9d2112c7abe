"""The keys that a program asks of knadh/koanf.

Which variable of the environment gives a key is up to a function of the program, so it is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.filled_structs import Constant
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.parsers.go import Call

_KOANF = "github.com/knadh/koanf"
_GET = re.compile(r"(?:Must)?(String|Int|Int64|Bool|Duration|Float64)\Z")
_MOST_KEYS = 500


def find_koanf_keys(code: Code, constant: Constant) -> Iterator[ProgramSetting]:
    """Every key that is asked for by its name."""
    yield from islice(_keys(code, constant), _MOST_KEYS)


def _keys(code: Code, constant: Constant) -> Iterator[ProgramSetting]:
    for site in code.calls_that(_asks, _GET.match) if _imports(code) else ():
        call = site.node
        kind = _GET.match(call.method)
        if kind is None or call.receiver is None:
            continue
        if not code.types.of(site.of(call.receiver)).startswith(_KOANF):
            continue
        key = constant(site.of(call.arguments[0]))
        if key:
            target = next(iter(call.names), "")
            yield ProgramSetting(
                site.at, "koanf", key=key, type=kind[1].lower(), target=target, is_overridable=True
            )


def _asks(call: Call) -> bool:
    return len(call.arguments) == 1 and call.receiver is not None and bool(_GET.match(call.method))


def _imports(code: Code) -> bool:
    return any(
        entry.path.startswith(_KOANF)
        for package in code.packages
        for file in package.files.values()
        for entry in file.imports
    )
