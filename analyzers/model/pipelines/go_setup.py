"""actions/setup-go: which version it installs, and what it caches.

https://github.com/actions/setup-go#usage
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from analyzers.model.fact import Fact
from analyzers.model.pipeline import Cache, Step
from analyzers.model.pipelines.github_steps import ReadStep
from analyzers.model.yaml_facts import place
from analyzers.parsers.gomod import GoMod

_NAME = "actions/setup-go"
_PATHS = ("~/go/pkg/mod", "~/.cache/go-build")


def read_go_versions(read: ReadStep, modules: Mapping[str, GoMod]) -> Iterator[Fact[str]]:
    """Each version that a step may install; unknown where a file decides that is not in the repository."""
    if read.step.uses != _NAME:
        return
    inputs = read.node["with"]
    if inputs["go-version"]:
        yield from (fact for fact in read.contexts.possible(inputs["go-version"]) if fact.value != "")
    elif inputs["go-version-file"]:
        for fact in read.contexts.possible(inputs["go-version-file"]):
            yield Fact(_version_in(fact.value, modules, read.step), fact.at)


def read_go_cache(read: ReadStep) -> Iterator[Cache]:
    """What it keeps by itself: always from version 4 on, unless it is told not to."""
    if read.step.uses != _NAME:
        return
    step, inputs = read.step, read.node["with"]
    asked = (
        step.inputs["cache"].value if "cache" in step.inputs else "" if _caches_by_default(step) else "false"
    )
    if asked in (None, "false"):
        return
    files = inputs["cache-dependency-path"]
    written = read.contexts.value(files.text) or ""
    yield Cache(
        at=step.at,
        key="",
        key_at=place(read.contexts.path, files) if files else None,
        key_files=tuple(line.strip() for line in written.splitlines() if line.strip()),
        paths=_PATHS,
        by=_NAME,
    )


def major_of(step: Step) -> int | None:
    """The action's major version; None for a commit."""
    major = step.version.removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() and len(major) < 4 else None


def _caches_by_default(step: Step) -> bool:
    major = major_of(step)
    return major is None or major >= 4


def _version_in(path: str | None, modules: Mapping[str, GoMod], step: Step) -> str | None:
    """The version of a go.mod or go.work. From version 6 on its toolchain line comes first."""
    module = modules.get(posixpath.normpath(path)) if path else None
    if module is None or module.go is None:
        return None
    major = major_of(step)
    if module.toolchain is None or (major is not None and major < 6):
        return module.go.text
    toolchain = module.toolchain.text.removeprefix("go")
    return toolchain if major is not None or toolchain == module.go.text else None
