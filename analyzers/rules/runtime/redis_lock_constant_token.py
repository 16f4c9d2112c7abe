from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.go_source import add_import, replace_expression, statement_lines
from analyzers.model.modules.go_release import is_too_old
from analyzers.model.program import Program
from analyzers.model.programs.redis_takes import RedisTake, find_redis_takes
from analyzers.rule import Problem, rule

_UUID = "github.com/google/uuid"
_FIRST_WITH_TEXT = "1.24"
"""The first Go whose crypto/rand has Text: https://go.dev/doc/go1.24#crypto/rand"""


@rule
def check(program: Program) -> Iterator[Problem]:
    for take in find_redis_takes(program.code):
        if take.token is not None and take.is_lock and take.releases:
            release = take.releases[0]
            yield Problem(
                take.site.at,
                values={"key": take.key, "token": take.token, "partner": release.at},
                related=(Related(release.at, "is freed here"),),
                fix=_fix(program, take),
                evidence=f"{take.site.function.receiver}.{take.site.function.name} {take.key}",
            )


def _fix(program: Program, take: RedisTake) -> Fix | None:
    """A variable above the line, where the function that takes the lock also frees it and can compare."""
    site = take.site
    parts = statement_lines(site)
    if site.node.method != "SetNX" or parts is None or "token" in site.function.names:
        return None
    if any(release.function is not site.function for release in take.releases):
        return None
    edit = replace_expression(site, site.node.arguments[-2], "token")
    made, imported = _generator(program, take)
    if edit is None or imported is None:
        return None
    line = f"{parts[0]}token := {made}"
    return Fix((Edit(site.path, edit.start_line, edit.end_line, f"{line}\n{edit.text}"), *imported))


def _generator(program: Program, take: RedisTake) -> tuple[str, tuple[Edit, ...] | None]:
    """What makes a token nobody else has: the library that the file uses, or the standard one."""
    names = {entry.path: entry.name for entry in take.site.file.imports}
    if names.get(_UUID) == "uuid":
        return "uuid.NewString()", ()
    language = program.module.go.value if program.module.go else None
    is_taken = "rand" in names.values() and names.get("crypto/rand") != "rand"
    if not language or is_too_old(language, _FIRST_WITH_TEXT) or is_taken:
        return "", None
    return "rand.Text()", add_import(take.site, "crypto/rand")
