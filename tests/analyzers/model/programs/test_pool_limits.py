"""How many connections a program's pool may open."""

from __future__ import annotations

import pytest

from analyzers.model.programs.pool_limits import find_pool_limit
from analyzers.model.programs.text import Read, Text
from tests.analyzers.model.go_source import program

PGX = 'import "github.com/jackc/pgx/v5/pgxpool"\n'
PQ = 'import _ "github.com/lib/pq"\n'
MYSQL = 'import _ "github.com/go-sql-driver/mysql"\n'


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        pytest.param("pool.SetMaxOpenConns(9)", "", id="no driver"),
        pytest.param("pool.SetMaxOpenConns(9)", PQ + MYSQL, id="two databases"),
        pytest.param("a.SetMaxOpenConns(9)\nb.SetMaxOpenConns(9)", PQ, id="two pools"),
        pytest.param("pool.SetMaxIdleConns(9)", PQ, id="no limit"),
        pytest.param("config.MaxConns = 9", PQ, id="another library's field"),
        pytest.param('pgxpool.New(ctx, "postgres://db/x")', PGX, id="the library's default"),
    ],
)
def test_is_not_told(body: str, imports: str) -> None:
    assert find_pool_limit(program(body, imports).code) is None


@pytest.mark.parametrize(
    ("body", "imports", "number", "database"),
    [
        pytest.param("pool.SetMaxOpenConns(9)", PQ, ("9",), "postgres", id="a number"),
        pytest.param(
            'pool.SetMaxOpenConns(strconv.Atoi(os.Getenv("POOL")))',
            MYSQL,
            (Read("POOL"),),
            "mysql",
            id="a setting",
        ),
        pytest.param("config.MaxConns = 9", PGX, ("9",), "postgres", id="pgxpool's field"),
        pytest.param(
            'pgxpool.New(ctx, "host=db pool_max_conns=9")', PGX, ("9",), "postgres", id="in the address"
        ),
    ],
)
def test_a_limit(body: str, imports: str, number: Text, database: str) -> None:
    found = find_pool_limit(program(body, imports).code)
    assert found
    assert (found.number, found.database) == (number, database)
