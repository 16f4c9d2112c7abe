"""Which version of a module leaves its known vulnerabilities behind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.advisory import Advisory
from analyzers.parsers import semver

_MAJOR = re.compile(r"[./]v(\d{1,6})\Z")


def highest_fix(advisories: Iterable[Advisory]) -> str:
    """The version, as the database writes it, that leaves behind all that has a fix; empty without one."""
    fixes = {advisory.fixed: key for advisory in advisories if (key := semver.key(advisory.fixed))}
    return max(fixes, key=lambda fix: fixes[fix], default="")


def as_requirement(fix: str, path: str, version: str) -> str | None:
    """A fixed version as go.mod writes it; None where it is of another major version, and so another path."""
    key = semver.key(fix)
    if key is None:
        return None
    plain = fix.partition("+")[0]
    if version.endswith("+incompatible") and key[0] > 1:
        return f"v{plain}+incompatible"
    major = _MAJOR.search(path)
    wanted = int(major[1]) if major else None
    fits = key[0] == wanted if wanted is not None and wanted > 1 else key[0] < 2
    return f"v{plain}" if fits else None
