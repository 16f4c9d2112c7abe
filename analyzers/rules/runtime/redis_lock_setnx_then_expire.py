from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.go_source import lines_of, replace_expression, statement_lines
from analyzers.fixes.lines import delete_lines
from analyzers.model.program import Program
from analyzers.model.programs.redis_takes import RedisTake, find_redis_takes
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for take in find_redis_takes(program.code):
        if take.time_to_live.seconds == 0 and take.expiries and not take.is_at_once:
            expiry = take.expiries[0]
            yield Problem(
                take.site.at,
                values={"key": take.key, "partner": expiry.at},
                related=(Related(expiry.at, "the end is set only here"),),
                fix=_fix(take),
                evidence=f"{take.site.function.receiver}.{take.site.function.name} {take.key}",
                case="" if take.is_lock else "other",
            )


def _fix(take: RedisTake) -> Fix | None:
    """SETNX with the end that EXPIRE gives, whose line goes, where that is all that stands on it."""
    expiry, site = take.expiries[0], take.site
    parts = statement_lines(expiry)
    is_plain = parts is not None and not parts[1] and not parts[2]
    if (
        site.node.method != "SetNX"
        or expiry.node.method != "Expire"
        or not is_plain
        or len(take.expiries) > 1
    ):
        return None
    limit = expiry.node.arguments[-1]
    names = {part.text for part in limit.walk() if part.kind == "name"}
    later = (entry for entry in site.function.assignments if entry.start > site.node.start)
    is_alone = _is_alone(lines_of(site.file), expiry.at.line)
    if is_alone or any(target.text in names for entry in later for target in entry.targets):
        return None
    edit = replace_expression(site, site.node.arguments[-1], site.file.text(limit))
    return Fix((edit, delete_lines(expiry.at))) if edit else None


def _is_alone(lines: list[str], number: int) -> bool:
    """The only line of its block, which would be left empty."""
    return lines[number - 2].endswith("{") and lines[number].lstrip().startswith("}")
