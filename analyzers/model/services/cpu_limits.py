"""Whether the Go runtime of a program looks at the CPU limit of its container.

From Go 1.25 it does, where the language version of go.mod is 1.25 or newer and no setting says
otherwise: https://go.dev/doc/go1.25#container-aware-gomaxprocs, https://go.dev/doc/godebug
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef, Stage
from analyzers.model.module import Module
from analyzers.model.modules.go_release import is_too_old, release_of
from analyzers.model.program import Program
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call

FIRST = "1.25"
"""The first Go that heeds the limit."""
_DIRECTIVE = re.compile(rb"^//go:debug[ \t]+containermaxprocs=([01])[ \t]*$", re.M)


def sets_processors(program: Program) -> bool:
    """The program sets GOMAXPROCS itself, or has a library do it."""
    if any(path.startswith("go.uber.org/automaxprocs") for path in program.imports):
        return True
    return any(_sets(site) for site in program.calls("runtime.GOMAXPROCS"))


def _sets(site: Site[Call]) -> bool:
    """Below 1 it only asks: https://pkg.go.dev/runtime#GOMAXPROCS."""
    return not re.fullmatch("0|-[0-9]+", " ".join(map(site.file.text, site.node.arguments)))


def is_old_language(module: Module) -> bool:
    """The `go` line keeps the runtime from looking; a missing line means Go 1.16."""
    return module.go is None or bool(module.go.value and is_too_old(module.go.value, FIRST))


def old_builder(stages: Iterable[Stage]) -> Fact[ImageRef] | None:
    """The image whose Go does not know how to look."""
    for stage in stages:
        base = stage.root.base
        release = release_of(base.value) if base and base.value else None
        if base and release and is_too_old(release, FIRST):
            return base
    return None


def is_switched_on(program: Program) -> bool:
    """A `//go:debug` line of the main package, or else go.mod's `godebug`, asks for the new behaviour."""
    for file in program.packages[0].files.values():
        if found := _DIRECTIVE.search(file.source):
            return found[1] == b"1"
    settings = program.module.godebug
    if "containermaxprocs" in settings:
        return settings["containermaxprocs"] == "1"
    default = settings.get("default", "").removeprefix("go")
    return bool(default) and not is_too_old(default, FIRST)


def is_processor_count(value: str) -> bool:
    """Whether the runtime heeds it as GOMAXPROCS: digits alone, more than 0; anything else it passes over."""
    return value.isascii() and value.isdigit() and len(value) <= 10 and 0 < int(value) < 1 << 31
