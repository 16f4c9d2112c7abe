"""`shipworthy demo`: the whole bot reviewing a sample change on this machine."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from bot.demo.server import Server, Stuck, running_server
from bot.demo.story import REPOSITORY, prepare, show_first_review, show_second_review
from bot.stopping import stop_on_signals


@click.command()
@click.option("--keep", is_flag=True, help="Leave the server up to look at, until Ctrl-C.")
def demo(keep: bool) -> None:
    """Start web and worker on a free port, open a change with mistakes in it and print the review."""
    if shutil.which("git") is None:
        raise click.ClickException("git is needed for the demonstration and was not found")
    with tempfile.TemporaryDirectory(prefix="shipworthy-demo-", ignore_cleanup_errors=True) as name:
        try:
            _show(Path(name), keep)
        except Stuck as problem:
            click.echo(f"{problem}\n\n{_log(Path(name))}", err=True)
            sys.exit(1)


def _show(folder: Path, keep: bool) -> None:
    repositories = folder / "repositories"
    workshop, head = prepare(repositories)
    with running_server(folder, repositories) as server:
        click.echo(f"The bot listens on {server.url}.")
        show_first_review(server, head, click.echo)
        show_second_review(server, workshop, click.echo)
        if keep:
            _stay(server)


def _stay(server: Server) -> None:
    click.echo(f"\nIn the browser: {server.url}/local/{REPOSITORY}/1 and {server.url}/rules. Ctrl-C ends it.")
    stop_on_signals().wait()


def _log(folder: Path) -> str:
    """The end of the bot's log: the folder is gone afterwards."""
    log = folder / "bot.log"
    return (
        "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])
        if log.exists()
        else ""
    )
