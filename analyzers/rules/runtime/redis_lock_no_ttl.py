from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_import, replace_expression
from analyzers.model.program import Program
from analyzers.model.programs.redis_takes import RedisTake, find_redis_takes
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for take in find_redis_takes(program.code):
        has_end = take.time_to_live.seconds != 0 or take.time_to_live.variable or take.time_to_live.flag
        if has_end or take.expiries or take.is_renewed or not (take.is_lock or take.is_once):
            continue
        yield Problem(
            take.site.at,
            values={"key": take.key},
            fix=_fix(take),
            evidence=f"{take.site.function.receiver}.{take.site.function.name} {take.key}",
            case="" if take.is_lock else "once",
        )


def _fix(take: RedisTake) -> Fix | None:
    site = take.site
    imported = add_import(site, "time")
    if site.node.method != "SetNX" or not take.is_lock or imported is None:
        return None
    edit: Edit | None = replace_expression(site, site.node.arguments[-1], "30*time.Second")
    return Fix((edit, *imported)) if edit else None
