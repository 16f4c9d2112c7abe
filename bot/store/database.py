"""Opens the database and brings its tables up to date."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from dbos import DBOS
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_MIGRATION_LOCK = 5_417_116
"""Any number will do, as long as every process of ours takes the same advisory lock."""


def open_database(url: str, connections: int = 5) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql://…`. It connects on first use."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    address = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(address, pool_size=connections, max_overflow=connections, pool_pre_ping=True)


@contextmanager
def closing_database(url: str) -> Iterator[sa.Engine]:
    """The same for a short while: its connections are closed in the end."""
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


def migrate(engine: sa.Engine) -> None:
    """Create or update the queue's tables and ours. Several processes may call it at once.

    Raises OSError or SQLAlchemyError where there can be no database.
    """
    _make_folder(engine.url)
    with _waiting_for_others(engine.url):
        # First, since it sets the journal mode: what the queue opens itself keeps to that.
        engine.connect().close()
        DBOS.migrate(_plain_url(engine))
        with engine.connect() as connection:
            _begin_alone(connection)
            config = _alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()


def is_migrated(engine: sa.Engine) -> bool:
    """Whether the tables are those this version was written for."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    return set(current) == set(ScriptDirectory.from_config(_alembic_config()).get_heads())


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


def _make_folder(url: sa.URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _waiting_for_others(url: sa.URL) -> Iterator[None]:
    """One process at a time for SQLite, which cannot wait while a file's journal mode is changed."""
    if url.get_backend_name() != "sqlite":
        yield
        return
    with Path(f"{url.database}.migration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _begin_alone(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def _plain_url(engine: sa.Engine) -> str:
    url = engine.url
    name = url.get_backend_name()
    return url.set(drivername=name).render_as_string(hide_password=False)


def _open_sqlite(address: sa.URL) -> sa.Engine:
    engine = sa.create_engine(address)
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """WAL so that readers never wait for the writer; FULL so that a 202 survives a power cut.

    IMMEDIATE takes the write lock at the start, where waiting is possible: a lock upgrade in the middle
    of a transaction fails at once, whatever the timeout (https://www.sqlite.org/lang_transaction.html).
    """
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
