"""`shipworthy services`: the service model, for a person to check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from analyzers.files import DirectoryFiles
from analyzers.model.repository import Repository
from analyzers.reports.services_json import render_services_json
from analyzers.reports.services_outline import outline
from analyzers.reports.services_text import render_services_text
from analyzers.reports.text import plain
from analyzers.selection import select
from analyzers.sources import Sources
from bot.cli.collector import collector_resting
from bot.cli.repository import locate
from bot.cli.terminal import is_coloured, paint, write


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the model to a file."
)
@click.option(
    "--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
def services(paths: Sequence[Path], form: str, output: Path | None, colour: str) -> None:
    """Print which program, image, jobs and workloads make up each service around PATHS, and what is left."""
    root, inside = locate(paths or (Path(),))
    with collector_resting():
        found = outline(read_model(root)).inside(inside)
    if form == "json":
        text = render_services_json(found) + "\n"
    else:
        text = render_services_text(found, paint if is_coloured(colour, output) else plain)
    if output:
        write(output, text)
    else:
        click.echo(text, nl=False, color=True)


def read_model(root: Path) -> Repository:
    """The whole repository, whichever part of it is printed."""
    files = DirectoryFiles(root)
    return Repository.read(Sources(files, select(files.tree).paths))
