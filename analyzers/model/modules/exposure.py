"""How known vulnerabilities, and what is used of them, are named to people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.model.advisory import Advisory
from analyzers.model.modules.usage import Exposure

_MOST_NAMED = 3
_MOST_WORDS = 14
_MOST_LETTERS = 60
_VERSION = re.compile(r"/v\d+$|\.v\d+$")


def count(advisories: Sequence[Advisory]) -> str:
    return "a known vulnerability" if len(advisories) == 1 else f"{len(advisories)} known vulnerabilities"


def mended(advisories: Sequence[Advisory]) -> str:
    fixed = sum(bool(advisory.fixed) for advisory in advisories)
    if fixed < len(advisories):
        return f"{fixed} of them fixed"
    return "fixed" if fixed == 1 else "all fixed"


def names(first: Advisory, advisories: Sequence[Advisory]) -> str:
    """The telling one, then the newest of the others."""
    ids = [first.id, *(advisory.id for advisory in reversed(advisories) if advisory is not first)]
    rest = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def summary(advisory: Advisory) -> str:
    words = advisory.summary.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def use(exposure: Exposure, module: str = "") -> str:
    """What a file does with an affected package of a module, in few letters."""
    if not exposure.symbol:
        return "imports it" if exposure.package == module else f"imports `{exposure.package}`"
    package = _VERSION.sub("", exposure.package).rpartition("/")[2].removeprefix("go-")
    is_method = "." in exposure.symbol
    return f"uses `{exposure.symbol}`" if is_method else f"uses `{package}.{exposure.symbol}`"


def listed(modules: Sequence[str]) -> str:
    """The first few of some modules, and how many there are besides."""
    shown = [modules[0]]
    for module in modules[1:]:
        if len("".join(shown)) + len(module) <= _MOST_LETTERS:
            shown.append(module)
        else:
            break
    rest = len(modules) - len(shown)
    quoted = [f"`{module}`" for module in shown]
    ends = [f"{rest} more"] if rest else [quoted.pop()]
    return f"{', '.join(quoted)} and {ends[0]}"
