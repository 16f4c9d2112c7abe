"""The `.env` beside a compose file: `NAME=value` lines.

https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_NAMES = 2_000
_LINE = re.compile(r"(?:export[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*[=:](.*)")
_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w{0,100})\}|([A-Za-z_]\w{0,100}))")


def parse_env_file(text: str) -> Mapping[str, str]:
    """What it sets, as far as that is known: a value may name variables that are set before."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        if match is None or len(line) > 4_096 or len(found) >= MOST_NAMES:
            continue
        value = _value(match[2].strip(), found)
        if value is None:
            found.pop(match[1], None)
        else:
            found[match[1]] = value
    return found


def _value(written: str, known: Mapping[str, str]) -> str | None:
    if len(written) > 1 and written[0] == written[-1] == "'":
        return written[1:-1]
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = written[1:-1]
    else:
        written = written.partition(" #")[0].rstrip()
    value = _VARIABLE.sub(lambda found: known.get(found[1] or found[2], "$"), written)
    return None if "$" in value or len(value) > 4_096 else value
