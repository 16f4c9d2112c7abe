"""What a web process holds: settings, database, queue, and which forges may send to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from flask import current_app

from bot.forges.base import Request
from bot.forges.envelope import Opener
from bot.jobs.queue import Queue
from bot.settings import Settings
from bot.store.database import open_database

EventReader = Callable[[str, Mapping[str, object]], Request | None]
"""From the event's name and payload to what is wanted, None for what is of no interest. Raises Malformed."""

_EXTENSION = "shipworthy"


@dataclass(frozen=True, slots=True)
class Intake:
    """A forge that may send us webhooks."""

    open: Opener
    read_event: EventReader
    event_header: str = ""
    """Where its deliveries name their event; empty where they need not."""
    counts_refusals: bool = False
    """Whether it shuts off a webhook that is answered with 4xx: then only a wrong secret is."""
    flaw: str = ""
    """What is wrong with our credentials there: what comes in is kept, and waits until they are mended."""


@dataclass(frozen=True)
class Resources:
    """Database and queue are opened on first use, which is after gunicorn has forked."""

    settings: Settings
    intakes: Mapping[str, Intake]

    @cached_property
    def engine(self) -> sa.Engine:
        return open_database(self.settings.database_url)

    @cached_property
    def queue(self) -> Queue:
        return Queue(self.engine, self.settings.quiet_seconds)

    def attach(self, extensions: dict[str, object]) -> None:
        extensions[_EXTENSION] = self


def resources() -> Resources:
    """Those of the application that answers the present request."""
    held = current_app.extensions[_EXTENSION]
    assert isinstance(held, Resources)
    return held
