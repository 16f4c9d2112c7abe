"""The `shipworthy` command: the analysis on a laptop or in CI, and the bot's processes."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from bot.cli.collector import never_collected

COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("checking:check", "Report what is wrong in a repository, or new since a revision."),
    "services": ("services:services", "Print what makes up each service, and what is left."),
    "rules": ("catalogue:rules", "List every rule with its severity."),
    "config": ("configuring:config", "Print every setting that holds, and where it comes from."),
    "explain": ("catalogue:explain", "Print a rule's page."),
    "serve": ("serving:serve", "Run the whole bot: web and worker."),
    "web": ("serving:web", "Run the web server: webhooks in, pages out."),
    "worker": ("serving:worker", "Run a worker: it takes deliveries from the queue and reviews."),
    "replay": ("serving:replay", "Answer a saved delivery at once, without the queue."),
    "redrive": ("serving:redrive", "Put deliveries into the queue once more."),
    "demo": ("demo:demo", "Watch the whole bot review a sample change on this machine."),
}
"""Where each command is in this folder, and what it does in a line."""


class LazyGroup(click.Group):
    """Imports a command when it is called: `check` must not pay for the server's libraries."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        try:
            with never_collected():
                command: click.Command = getattr(import_module(f"bot.cli.{module}"), attribute)
        except ModuleNotFoundError as missing:
            if missing.name and missing.name.split(".")[0] in ("analyzers", "bot"):
                raise
            raise click.ClickException(
                f"`{name}` needs the server parts: pip install 'shipworthy[server]'"
            ) from missing
        return command


def _show_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        from analyzers.version import VERSION

        click.echo(f"shipworthy, version {VERSION}")
        context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Finds the mistakes that sink Go services in containers.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or configuration,
    3 something could not be analysed.
    """
