"""A web application on an empty database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_web
from bot.forge_settings import LocalSettings
from bot.settings import Settings
from bot.web.resources import resources
from tests.bot.webhooks import GITHUB, SECRET

Opener = Callable[[Settings], FlaskClient]


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, github=GITHUB)


@pytest.fixture
def open_client() -> Iterator[Opener]:
    """Makes clients, and closes their databases in the end."""
    applications = []

    def create(settings: Settings) -> FlaskClient:
        applications.append(create_web(settings))
        return applications[-1].test_client()

    yield create
    for application in applications:
        with application.app_context():
            resources().engine.dispose()


@pytest.fixture
def client(settings: Settings, open_client: Opener) -> FlaskClient:
    return open_client(settings)


@pytest.fixture
def local_client(database_url: str, tmp_path: Path, open_client: Opener) -> FlaskClient:
    local = LocalSettings(tmp_path, (SECRET,))
    return open_client(Settings(database_url=database_url, local=local))
