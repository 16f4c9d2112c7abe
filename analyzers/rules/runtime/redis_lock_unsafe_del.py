from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.go_source import statement_lines
from analyzers.model.program import Program
from analyzers.model.programs.redis_locks import BlindRelease, find_blind_releases
from analyzers.rule import Problem, rule

_SCRIPT = (
    '`if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) else return 0 end`'
)


@rule
def check(program: Program) -> Iterator[Problem]:
    for release in find_blind_releases(program.code):
        function = release.delete.function
        yield Problem(
            release.delete.at,
            values={"key": release.key, "partner": release.take.at},
            related=(Related(release.take.at, "the lock is taken here"),),
            fix=_fix(release),
            evidence=f"{function.receiver}.{function.name} {release.key}",
            case="checked" if release.is_checked else "",
        )


def _fix(release: BlindRelease) -> Fix | None:
    """The same line with a script; only where nothing uses the reply of DEL, which has another type."""
    site = release.delete
    parts, arguments = statement_lines(site), site.node.arguments
    if parts is None or release.token is None or release.is_checked or len(arguments) != 2:
        return None
    indent, before, after = parts
    if before not in ("", "defer ") or after not in ("", ".Err()") or site.node.receiver is None:
        return None
    client, context = site.file.text(site.node.receiver), site.file.text(arguments[0])
    call = f"{client}.Eval({context}, {_SCRIPT}, []string{{{release.key}}}, {release.token})"
    return Fix((Edit(site.path, site.at.line, site.at.line, f"{indent}{before}{call}{after}"),))
