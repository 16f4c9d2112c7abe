"""`shipworthy check`: the same review, on a laptop or in CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click

from analyzers import Config, Report, Severity, read_config, review
from analyzers import check as check_files
from analyzers.files import DirectoryFiles
from analyzers.finding import Note, Status
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.reports.gitlab_report import render_gitlab
from analyzers.reports.json_report import render_json
from analyzers.reports.printable import printable
from analyzers.reports.text import render_concise, render_text
from analyzers.reviewing import worst
from analyzers.selection import Budget
from bot.cli.collector import never_collected
from bot.cli.repository import locate
from bot.cli.terminal import is_coloured, paint, write
from bot.cli.worktree import difference_since
from bot.errors import Misconfigured

_LEVELS = [*map(str, Severity), "never"]
_FORMATS = ["text", "concise", "json", "gitlab"]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--diff", "revision", metavar="REV", help="Only what is new since the merge base with REV.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file."
)
@click.option(
    "--fail-on", type=click.Choice(_LEVELS), help="Exit 1 at or above this severity (default: warning)."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--online/--offline", help="Ask the Go vulnerability database (default: offline).")
@click.option(
    "--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
def check(
    paths: Sequence[Path],
    revision: str | None,
    form: str,
    output: Path | None,
    fail_on: str | None,
    exit_zero: bool,
    online: bool,
    colour: str,
) -> None:
    """Analyse the repository around PATHS (default: the current folder) and report what is found in them.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or configuration,
    3 something could not be analysed.
    """
    root, inside = locate(paths or (Path(),))
    with never_collected():
        config, report = _analyse(root, inside, revision, _advisories(online))
    text = _render(report, form, is_coloured(colour, output))
    if output:
        write(output, text)
    else:
        click.echo(text, nl=False, color=True)
    sys.exit(0 if exit_zero else exit_code(report, _threshold(fail_on, config)))


def exit_code(report: Report, threshold: Severity | None) -> int:
    """1 for a new finding at or above the threshold, 3 where a file could not be analysed, else 0."""
    found = worst(report.of(Status.INTRODUCED))
    if found and threshold and found.severity.reaches(threshold):
        return 1
    return 3 if any(note.is_failure for note in report.notes) else 0


def _analyse(
    root: Path, inside: tuple[str, ...], revision: str | None, advisories: AdvisoryDatabase | None
) -> tuple[Config, Report]:
    if revision is None:
        files = DirectoryFiles(root)
        config, problems = read_config(files)
        refuse(problems)
        return config, check_files(files, config, advisories, inside)
    try:
        difference = difference_since(root, revision)
        config, problems = read_config(difference.head)
    except LookupError as unknown:
        raise click.UsageError(str(unknown)) from unknown
    refuse(problems)
    return config, review(
        difference.base,
        difference.head,
        config,
        renames=difference.renames,
        changed=difference.changed,
        advisories=advisories,
        paths=inside,
        budget=Budget(),
    )


class _WrongConfiguration(click.ClickException):
    """Every complaint about the settings file, each on its line."""

    exit_code = 2

    def __init__(self, problems: Sequence[Note]) -> None:
        lines = [
            f"{note.path}:{note.line or 1}: error[config]: {printable(note.reason)}" for note in problems
        ]
        super().__init__("\n".join(lines))

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


def refuse(problems: Sequence[Note]) -> None:
    """End with exit code 2 where the settings file is wrong."""
    if problems:
        raise _WrongConfiguration(problems)


def _advisories(online: bool) -> AdvisoryDatabase | None:
    address = os.environ.get("GOVULNDB", "")
    if not online and not address.startswith("file://"):
        return None
    from bot.advisories import DEFAULT_DATABASE, open_database  # which brings an HTTP client along

    try:
        return open_database(address or DEFAULT_DATABASE)
    except Misconfigured as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _threshold(option: str | None, config: Config) -> Severity | None:
    if option:
        return None if option == "never" else Severity(option)
    if config.never_fails:
        return None
    return config.fail_on or Severity.WARNING


def _render(report: Report, form: str, coloured: bool) -> str:
    if form == "json":
        return render_json(report) + "\n"
    if form == "gitlab":
        return render_gitlab(report)
    if form == "concise":
        return render_concise(report)
    return render_text(report, paint) if coloured else render_text(report)
