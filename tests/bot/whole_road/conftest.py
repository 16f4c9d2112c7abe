"""The road, once for all tests here, and a repository of its own for each.

It stands to the end of the run: files of other folders come in between, and to build it takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.forges.stand_in.server import served
from tests.bot.postgres import create_database
from tests.bot.whole_road.road import Road, build_road
from tests.bot.whole_road.scene import Scene


@pytest.fixture(scope="session")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """On SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    with open_road(f"sqlite:///{folder}/bot.db", folder) as road:
        yield road


@pytest.fixture(scope="session")
def postgres_road(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    folder = tmp_path_factory.mktemp("postgres")
    with open_road(create_database(postgres, "whole_road"), folder) as road:
        yield road


@pytest.fixture(params=["road", pytest.param("postgres_road", marks=pytest.mark.postgres)], ids=str)
def either_scene(request: pytest.FixtureRequest) -> Scene:
    """On one database, then on the other."""
    return settled(request.getfixturevalue(request.param))


@pytest.fixture
def scene(road: Road) -> Scene:
    return settled(road)


def settled(road: Road) -> Scene:
    road.settle()
    return Scene(road)


@contextmanager
def open_road(database_url: str, folder: Path) -> Iterator[Road]:
    with served() as stand_in:
        road = build_road(stand_in, database_url, folder)
        try:
            road.web.start()
            road.worker.start()
            road.wait_for_web()
            yield road
        finally:
            road.web.end()
            road.worker.end()
            road.engine.dispose()
