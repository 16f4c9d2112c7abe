"""The commands that run the bot. Its settings come from the environment; see .env.example."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
import structlog

from bot.errors import Gone, Malformed, Misconfigured, NotAllowed, TryLater
from bot.logs import configure_logs, redact
from bot.settings import Settings
from bot.stopping import HOPELESS, follow_supervisor, has_supervisor, stop_on_signals, terminate_self

if TYPE_CHECKING:
    from flask import Flask


@click.command()
def serve() -> None:
    """Run the whole bot: web and worker, each started again if it dies."""
    from bot.counting import share_counts
    from bot.supervisor import supervise

    settings = _read_settings()
    click.echo(f"Shipworthy listens on http://{settings.host}:{settings.port}", err=True)
    own = [sys.executable, "-m", "bot"]
    forget_counts = share_counts()
    try:
        sys.exit(supervise({"web": [*own, "web"], "worker": [*own, "worker"]}, stop_on_signals()))
    finally:
        forget_counts()


@click.command()
def web() -> None:
    """Run the web server: webhooks in, pages out."""
    settings = _prepare()
    follow_supervisor(terminate_self)
    # Only now: gunicorn reads WEB_CONCURRENCY as it is imported, and fails in its own words.
    from bot.web.server import Server

    server = Server(settings, lambda: _create_web(settings))
    # Before the fork, so that the processes share the memory; after the server, which says where to count.
    import_module("bot.app")
    server.run()


@click.command()
def worker() -> None:
    """Run a worker: it takes deliveries from the queue and reviews."""
    from bot.jobs.job import Job
    from bot.jobs.queue import Queue
    from bot.jobs.slot import Slot
    from bot.jobs.worker import leave, run
    from bot.store.database import open_database
    from bot.work import create_work

    settings = _prepare()
    stop = stop_on_signals()
    follow_supervisor(stop.set)
    engine = open_database(settings.database_url, settings.worker_concurrency + 8)
    slot = Slot(settings.worker_id, settings.worker_concurrency)
    try:
        work = create_work(settings, engine)
        run(Job(Queue(engine), work.answer, work.apologise), slot, stop)
    except Misconfigured as reason:
        _refuse(reason)
    leave(0)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", default="", help="The event's name, where FILE holds a bare payload.")
@click.option(
    "--forge", default="github", show_default=True, help="Whose delivery it is: github, gitlab or local."
)
def replay(file: Path, event: str, forge: str) -> None:
    """Answer a saved delivery at once, without the queue.

    FILE holds {"headers": {…}, "body": {…}}, or the body alone together with --event.
    """
    from bot.replaying import replay_delivery

    settings = _prepare()
    try:
        click.echo(replay_delivery(settings, forge, file.read_bytes(), event))
    except (Malformed, Misconfigured) as reason:
        raise click.UsageError(str(reason)) from reason
    except (TryLater, Gone, NotAllowed) as reason:
        raise click.ClickException(f"{type(reason).__name__}: {reason}") from reason


@click.command()
@click.argument("guids", metavar="GUID...", nargs=-1, required=True)
def redrive(guids: tuple[str, ...]) -> None:
    """Put deliveries into the queue once more, whatever became of them."""
    from bot.jobs.queue import Queue
    from bot.store.database import open_database

    queue = Queue(open_database(_prepare().database_url))
    for guid in guids:
        try:
            is_queued = queue.redrive(guid)
        except LookupError:
            raise click.ClickException(f"no delivery {guid} ever came in") from None
        click.echo(f"{guid}: {'queued' if is_queued else 'still under way'}")


def _create_web(settings: Settings) -> Flask:
    from bot.app import create_web

    return create_web(settings)


def _prepare() -> Settings:
    """Settings, logs and tables, or the end of the process."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.store.database import closing_database, migrate

    settings = _read_settings()
    try:
        with closing_database(settings.database_url) as engine:
            migrate(engine)
    except (OSError, SQLAlchemyError) as reason:
        words = redact(str(getattr(reason, "orig", None) or reason))
        raise click.ClickException(f"the database of DATABASE_URL cannot be opened: {words}") from reason
    return settings


def _read_settings() -> Settings:
    """Ends the process with exit code 2 and every problem where the settings are wrong."""
    try:
        settings = Settings.from_environment(os.environ)
    except Misconfigured as reason:
        _refuse(reason)
    configure_logs(settings.log_level, settings.log_format)
    for warning in () if has_supervisor() else settings.warnings:
        structlog.stdlib.get_logger(__name__).warning(warning)
    return settings


def _refuse(reason: Misconfigured) -> NoReturn:
    click.echo(f"The settings do not allow a start:\n{reason}", err=True)
    sys.exit(HOPELESS)
