"""The database connection pools that a program opens, and whether it limits them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

_SQL = ("database/sql", "github.com/XSAM/otelsql", "github.com/uptrace/opentelemetry-go-extra/otelsql")
_SQLX = ("github.com/jmoiron/sqlx", "github.com/uptrace/opentelemetry-go-extra/otelsqlx")
_OPENERS = {
    **{f"{package}.Open": 0 for package in _SQL},
    **{f"{package}.OpenDB": None for package in _SQL},
    **{
        f"{package}.{name}": 0 for package in _SQLX for name in ("Open", "MustOpen", "Connect", "MustConnect")
    },
    **{f"{package}.ConnectContext": 1 for package in _SQLX},
    "github.com/jinzhu/gorm.Open": 0,
    "gorm.io/gorm.Open": 0,
}
"""Which argument names the driver."""
_NETWORKED = re.compile(r"postgres|pgx|\bpq\b|mysql|maria|sqlserver|mssql|oracle|godror|cockroach|clickhouse")
_EMBEDDED = re.compile(r"sqlite|:memory:|duckdb|ramsql|sqlmock|go-txdb")
_ONE_TIME = re.compile(r"migrat|seed|fixture|mock|schema|backfill|testutil|dbtest", re.I)
_MIGRATIONS = (
    "github.com/golang-migrate/migrate",
    "github.com/pressly/goose",
    "github.com/rubenv/sql-migrate",
)
_LIMIT = frozenset(("SetMaxOpenConns",))
_MOST_CALLS = 200
_MOST_TEXT = 200


@light_value
class Pool:
    """`name` is the variable that holds the pool, empty where it is handed on at once."""

    site: Site[Call]
    name: str

    @property
    def is_orm(self) -> bool:
        """gorm's, whose `*sql.DB` lies behind `DB()`."""
        return "gorm" in self.site.node.package


def find_unlimited_pools(code: Code) -> Iterator[Pool]:
    """Pools to a database server without SetMaxOpenConns.

    A limit whose pool cannot be told is taken for the limit of any of them.
    """
    pools = [pool for pool in _pools(code) if _is_lasting(pool.site) and not _is_closed_here(pool)]
    limits = [(site, dotted(site.node.receiver)) for site in _limits(code) if site.node.receiver]
    owned = {
        id(pool.site.node)
        for pool in pools
        for site, name in limits
        if pool.name == name and pool.site.function is site.function
    }
    named = {(id(pool.site.function), pool.name) for pool in pools}
    if all((id(site.function), name) in named for site, name in limits):
        values = Values(code)
        yield from (
            pool for pool in pools if id(pool.site.node) not in owned and _is_networked(code, values, pool)
        )


def _limits(code: Code) -> Iterator[Site[Call]]:
    return (site for package in code.packages for site in package.calls_named(_LIMIT))


def _pools(code: Code) -> Iterator[Pool]:
    for site in islice(code.calls(*_OPENERS), _MOST_CALLS):
        name = next(iter(site.node.names), "")
        yield Pool(site, "" if name == "_" else name)


def _is_lasting(site: Site[Call]) -> bool:
    """No migration, no fixture: what opens a pool once and ends."""
    place = f"{site.path} {site.function.name} {site.function.receiver}"
    return not _ONE_TIME.search(place[-_MOST_TEXT:]) and not any(
        call.package.startswith(_MIGRATIONS) for call in site.function.calls
    )


def _is_closed_here(pool: Pool) -> bool:
    """Opened, used and closed by a function other than main, which hands it to nobody."""
    function = pool.site.function
    if function.name == "main" or f"{pool.name}.Close" not in {call.callee for call in function.calls}:
        return False
    values = [argument for call in function.calls for argument in call.arguments]
    values += [part for literal in function.literals for part in literal.expression.parts]
    values += [value for entry in function.returns for value in entry.values]
    return not any(dotted(part) == pool.name for value in values for part in value.walk())


def _is_networked(code: Code, values: Values, pool: Pool) -> bool:
    """By the driver's name, else by the drivers that the program imports."""
    site = pool.site
    index = _OPENERS[site.node.callee]
    arguments = site.node.arguments
    if index is not None and index < len(arguments):
        driver = arguments[index]
        if any(part.kind == "keyed" and part.text == "Conn" for part in driver.walk()):
            return False
        name = driver.text if driver.kind == "call" else values.constant(site.of(driver))
        if name is not None:
            written = site.file.text(arguments[index + 1])[:_MOST_TEXT] if index + 1 < len(arguments) else ""
            return bool(_NETWORKED.search(name[:_MOST_TEXT])) and not _EMBEDDED.search(f"{name} {written}")
    imports = {
        entry.path for package in code.packages for file in package.files.values() for entry in file.imports
    }
    return any(map(_NETWORKED.search, imports)) and not any(map(_EMBEDDED.search, imports))
