"""The tables exist as written, and come to be by migration alone."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.store.database import closing_database, is_migrated, migrate, open_database
from bot.store.tables import metadata


def test_an_empty_database_is_not_migrated(empty_database_url: str) -> None:
    with closing_database(empty_database_url) as engine:
        assert not is_migrated(engine)


def test_the_folder_is_made(tmp_path: Path) -> None:
    with closing_database(f"sqlite:///{tmp_path}/deep/er/bot.db") as engine:
        migrate(engine)
        assert is_migrated(engine)


def test_the_migrations_build_the_tables(engine: sa.Engine) -> None:
    ours = {"include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables}
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=ours), metadata)
    assert differences == []
    assert is_migrated(engine)


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    migrate(engine)
    assert is_migrated(engine)


def test_several_processes_may_migrate_at_once(empty_database_url: str) -> None:
    engines = [open_database(empty_database_url) for _ in range(3)]
    threads = [Thread(target=migrate, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_migrated(engines[0])
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers never wait"),
        pytest.param("synchronous", 2, id="survives a power cut"),
        pytest.param("busy_timeout", 30000, id="writers queue up"),
        pytest.param("foreign_keys", 1, id="foreign keys hold"),
    ],
)
def test_sqlite_is_tuned(tmp_path: Path, pragma: str, value: object) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    with closing_database(url) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
