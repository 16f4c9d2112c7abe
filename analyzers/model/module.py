"""A Go module as its go.mod describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzers.finding import Location
from analyzers.model.advisory import Advisory
from analyzers.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Requirement:
    """A module that go.mod requires, after `replace`."""

    path: str
    version: str
    at: Location
    indirect: bool = False
    replaced_by: str = ""
    """The replacing path; `is_local` when it is a folder."""
    is_local: bool = False
    advisories: tuple[Advisory, ...] = ()
    """Known vulnerabilities of just this version, withdrawn and inapplicable ones left out."""
    version_at: Location | None = None
    """Where the version in force is written: here, or in the `replace`; None for a folder."""


@dataclass(frozen=True)
class Module:
    """`path` is where go.mod lies, `directory` its folder ('' is the root), `name` the module path."""

    path: str
    directory: str
    name: str
    at: Location
    go: Fact[str] | None = None
    """The `go` directive: a language version as `1.23` or `1.23.4`."""
    toolchain: Fact[str] | None = None
    requirements: tuple[Requirement, ...] = ()
    godebug: Mapping[str, str] = field(default_factory=dict)
    has_vendor: bool = False
    """A `vendor/modules.txt` lies beside it, so builds fetch nothing."""
    has_sum: bool = False
    """A go.sum lies beside it."""

    def requires(self, path: str) -> bool:
        return any(requirement.path == path for requirement in self.requirements)
