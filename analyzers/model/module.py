"""A Go module as its go.mod describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzers.finding import Location
from analyzers.model.advisory import Advisory
from analyzers.model.fact import Fact
from analyzers.parsers.gosum import GoSum
from analyzers.parsers.light import light_record, light_value


@light_value
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
    mended_in: str = ""
    """The next version without any that has a fix, as the database writes it; empty without one."""
    version_at: Location | None = None
    """Where the version in force is written: here, or in the `replace`; None for a folder."""


@light_record
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
    sums: GoSum | None = None
    """What go.sum says, where it can be read."""
    tools: tuple[Fact[str], ...] = ()
    """The packages that `go tool` runs, by import path."""
    ignored: tuple[str, ...] = ()
    """Folders that package patterns leave out, as `ignore` names them."""
    retracted: tuple[tuple[str, ...], ...] = ()
    """Its own versions that must not be used, each one version or the two ends of an interval."""
    local_modules: Mapping[str, str] = field(default_factory=dict)
    """By module path: the folder of the repository that stands in for it, by `replace` or a workspace."""

    @property
    def missing_sums(self) -> tuple[Requirement, ...]:
        """The requirements that go.sum has no hash of; none where that cannot be told, or is not needed."""
        sums = self.sums
        if sums is None or self.has_vendor:
            return ()
        return tuple(
            requirement
            for requirement in self.requirements
            if not requirement.is_local
            and requirement.path not in self.local_modules
            and not sums.has(requirement.replaced_by or requirement.path, requirement.version)
        )

    def requires(self, path: str) -> bool:
        return any(requirement.path == path for requirement in self.requirements)


@light_record
class StandardLibrary:
    """Go's own packages as a build of a module has them: those of `release` (`1.22.3`).

    `at` is what says so: the FROM of the image that builds, setup-go's version or the image of the job that
    does, or the `toolchain` line. The `go` line says nothing. A floating tag (`golang:1.22`) is the newest of
    its line, whichever that is: it has what no release of the line mends.
    """

    module: Module
    release: str
    at: Location
    by: Literal["image", "job", "toolchain"]
    advisories: tuple[Advisory, ...] = ()
    """Known vulnerabilities of just this release. `Advisory.packages` are standard import paths."""
    mended_in: str = ""
    """The next release without any that has a fix; empty where nothing is fixed."""
