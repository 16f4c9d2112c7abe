"""How many database connections a program's pool may open at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal as Choice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.connections import find_connections
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.text import Text
from analyzers.model.programs.values import Values
from analyzers.parsers.light import light_value

Database = Choice["postgres", "mysql"]
_DRIVERS: dict[Database, tuple[str, ...]] = {
    "postgres": (
        "github.com/lib/pq",
        "github.com/jackc/pgx",
        "gorm.io/driver/postgres",
        "github.com/go-pg/pg",
    ),
    "mysql": ("github.com/go-sql-driver/mysql", "gorm.io/driver/mysql"),
}
_PGX = "github.com/jackc/pgx/pgxpool"
_IN_ADDRESS = re.compile(r"[?&\s]pool_max_conns=([0-9]{1,6})\b")
"""https://pkg.go.dev/github.com/jackc/pgx/v5/pgxpool#ParseConfig"""
_MOST = 100


@light_value
class PoolLimit:
    """`number` is the limit, parts of which the environment may decide; the database by the driver."""

    at: Location
    number: Text
    database: Database
    addresses: tuple[Text, ...]


def find_pool_limit(code: Code) -> PoolLimit | None:
    """The one limit that the program sets; None where it sets none or several, or talks to two databases."""
    databases = [name for name, drivers in _DRIVERS.items() if _imports(code, drivers)]
    if len(databases) != 1:
        return None
    values = Values(code)
    connections = [each for each in find_connections(code) if each.kind == "sql"]
    addresses = tuple(connection.address for connection in connections)
    found = [*_called(code, values), *_assigned(code, values)]
    for connection in connections:
        written = "".join(part for part in connection.address if isinstance(part, str))
        if limit := _IN_ADDRESS.search(written):
            found.append((connection.at, (limit[1],)))
    return PoolLimit(*found[0], databases[0], addresses) if len(found) == 1 else None


def _imports(code: Code, paths: tuple[str, ...]) -> bool:
    return any(
        unversioned(entry.path).startswith(paths)
        for package in code.packages
        for file in package.files.values()
        for entry in file.imports
    )


def _called(code: Code, values: Values) -> Iterator[tuple[Location, Text]]:
    for site in islice(code.methods("SetMaxOpenConns"), _MOST):
        if site.node.arguments:
            argument = site.of(site.node.arguments[0])
            yield argument.at, values.text(argument)


def _assigned(code: Code, values: Values) -> Iterator[tuple[Location, Text]]:
    """`config.MaxConns = 50` of pgxpool."""
    for entry in code.assignments.get("MaxConns", ()):
        value = entry.node.value_of(0)
        if value is not None and any(unversioned(each.path) == _PGX for each in entry.file.imports):
            yield entry.of(value).at, values.text(entry.of(value))
