from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_import, indent_of, lines_of
from analyzers.model.program import Program
from analyzers.model.programs.lasting import is_lasting
from analyzers.model.programs.sql_pools import Pool, find_unlimited_pools
from analyzers.rule import Problem, rule

_OPERATOR = "sigs.k8s.io/controller-runtime"


@rule
def check(program: Program) -> Iterator[Problem]:
    if not _runs_on(program):
        return
    for pool in find_unlimited_pools(program.code):
        call = pool.site.node
        opener = f"{call.package.rpartition('/')[2]}.{call.method}"
        yield Problem(
            pool.site.at,
            values={"opener": opener, "pool": pool.name or "db"},
            fix=_fix(pool),
            evidence=f"{pool.site.function.name} {opener}",
            case="orm" if pool.is_orm else "",
        )


def _runs_on(program: Program) -> bool:
    """Many requests at once need a limit; a command that ends does not, nor an operator with few workers."""
    return is_lasting(program) and not any(path.startswith(_OPERATOR) for path in program.imports)


def _fix(pool: Pool) -> Fix | None:
    """The limits below the check of the error, or below a call that has none."""
    line = _line_after(pool)
    imported = add_import(pool.site, "time")
    if line is None or imported is None:
        return None
    indent = indent_of(lines_of(pool.site.file)[pool.site.at.line - 1])
    settings = ("SetMaxOpenConns(25)", "SetMaxIdleConns(25)", "SetConnMaxLifetime(5 * time.Minute)")
    text = "\n".join(f"{indent}{pool.name}.{setting}" for setting in settings)
    return Fix((Edit(pool.site.path, line, line - 1, text), *imported))


def _line_after(pool: Pool) -> int | None:
    span = pool.site.at.span
    lines = lines_of(pool.site.file)
    begin = lines[span.line - 1]
    is_plain = begin.lstrip("\t").startswith((f"{pool.name}, err ", f"{pool.name} ")) and "\r" not in begin
    if (
        pool.is_orm
        or not pool.name
        or not is_plain
        or lines[span.end_line - 1][span.end_column - 1 :].strip()
    ):
        return None
    if pool.site.node.method.startswith("Must") or pool.site.node.method == "OpenDB":
        return span.end_line + 1
    indent = indent_of(begin)
    rest = lines[span.end_line :]
    if not rest or rest[0] != f"{indent}if err != nil {{" or f"{indent}}}" not in rest:
        return None
    return span.end_line + rest.index(f"{indent}}}") + 2
