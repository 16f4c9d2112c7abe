"""Databases for the tests of the bot: SQLite always, PostgreSQL where its programs are found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.database import migrate, open_database
from tests.bot.postgres import create_database, find_programs, running_postgres

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL programs (initdb, pg_ctl) on this machine")
    with running_postgres(programs) as address:
        engine = open_database(create_database(address, "template"))
        migrate(engine)
        engine.dispose()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with all tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/bot.db"
        engine = open_database(url)
        migrate(engine)
        engine.dispose()
        return url
    address: str = request.getfixturevalue("postgres")
    return create_database(address, f"test{next(_numbers)}", "template")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.db"
    address: str = request.getfixturevalue("postgres")
    return create_database(address, f"test{next(_numbers)}")


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()
