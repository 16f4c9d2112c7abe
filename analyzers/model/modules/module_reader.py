"""Turns a parsed go.mod into a Module: replacements applied, known vulnerabilities looked up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from posixpath import dirname, join

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.module import Module, Requirement
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.workspaces import local_replacements
from analyzers.parsers.gomod import GoMod, Replace, Require, Token
from analyzers.parsers.gosum import GoSum
from analyzers.parsers.position import Span


def read_module(path: str, gomod: GoMod, tree: Collection[str], sums: GoSum | None = None) -> Module:
    """The module of a go.mod at `path`, in a repository with these files."""
    directory = dirname(path)
    at = gomod.module.span if gomod.module else Span(1, 1, 1, 1)
    return Module(
        path=path,
        directory=directory,
        name=gomod.module.text if gomod.module else "",
        at=Location(path, at),
        go=_fact(path, gomod.go),
        toolchain=_fact(path, gomod.toolchain),
        requirements=tuple(_requirement(path, require, gomod) for require in gomod.requires),
        godebug=_settings(gomod),
        has_vendor=join(directory, "vendor/modules.txt") in tree,
        has_sum=join(directory, "go.sum") in tree,
        sums=sums,
        tools=tuple(Fact(token.text, Location(path, token.span)) for token in gomod.tools),
        ignored=tuple(token.text for token in gomod.ignores),
        retracted=tuple(tuple(token.text for token in tokens) for tokens in gomod.retracts),
        local_modules=local_replacements(directory, gomod.replaces),
    )


def with_advisories(module: Module, database: AdvisoryDatabase) -> Module:
    """The module with what is known of each requirement. Raises as the database does."""
    judged = (
        requirement if requirement.is_local else _judged(requirement, database)
        for requirement in module.requirements
    )
    return replace(module, requirements=tuple(judged))


def _judged(requirement: Requirement, database: AdvisoryDatabase) -> Requirement:
    advisories, mended = database.examine(_fetched(requirement), requirement.version)
    return replace(requirement, advisories=advisories, mended_in=mended) if advisories else requirement


def _fetched(requirement: Requirement) -> str:
    return requirement.replaced_by or requirement.path


def _fact(path: str, token: Token | None) -> Fact[str] | None:
    return Fact(token.text, Location(path, token.span)) if token else None


def _settings(gomod: GoMod) -> Mapping[str, str]:
    return {key: value for token in gomod.godebug for key, _, value in [token.text.partition("=")]}


def _requirement(path: str, require: Require, gomod: GoMod) -> Requirement:
    found = _replacement(require, gomod)
    version = found.target_version if found else require.version
    return Requirement(
        path=require.path.text,
        version=version.text if version else require.version.text,
        at=Location(path, require.span),
        indirect=require.is_indirect,
        replaced_by=found.target.text if found else "",
        is_local=found is not None and found.target_version is None,
        version_at=Location(path, version.span) if version else None,
    )


def _replacement(require: Require, gomod: GoMod) -> Replace | None:
    """The one for just this version wins over the one for all."""
    named = [entry for entry in gomod.replaces if entry.path.text == require.path.text]
    exact = (entry for entry in named if entry.version and entry.version.text == require.version.text)
    general = (entry for entry in named if entry.version is None)
    return next(exact, None) or next(general, None)
