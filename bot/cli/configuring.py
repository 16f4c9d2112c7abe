"""`shipworthy config`: the settings that hold for a repository, and what is wrong with its file."""

from __future__ import annotations

from pathlib import Path

import click

from analyzers.config import read_config
from analyzers.config_text import describe
from analyzers.files import DirectoryFiles
from analyzers.reports.printable import printable
from bot.cli.checking import refuse
from bot.cli.repository import locate


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
def config(path: Path) -> None:
    """Print every setting that holds around PATH (default: the current folder), and where it comes from.

    Exit code 2 where `.shipworthy.yaml` is wrong.
    """
    root, _ = locate((path,))
    held, problems = read_config(DirectoryFiles(root))
    refuse(problems)
    for one in describe(held, "error in reviews, warning in shipworthy check"):
        source = ".shipworthy.yaml" if one.is_said else "default"
        click.echo(printable(f"{one.name}: {one.value}  # {source}"))
