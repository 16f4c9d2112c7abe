"""The `shipworthy` command: the analysis on a laptop or in CI, and the bot's processes."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from bot.cli.collector import never_collected

COMMANDS: Mapping[str, str] = {
    "check": "bot.cli.checking:check",
    "services": "bot.cli.services:services",
    "rules": "bot.cli.catalogue:rules",
    "config": "bot.cli.configuring:config",
    "explain": "bot.cli.catalogue:explain",
    "serve": "bot.cli.serving:serve",
    "web": "bot.cli.serving:web",
    "worker": "bot.cli.serving:worker",
    "replay": "bot.cli.serving:replay",
    "redrive": "bot.cli.serving:redrive",
    "demo": "bot.cli.demo:demo",
}


class LazyGroup(click.Group):
    """Imports a command when it is called: `check` must not pay for the server's libraries."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        try:
            with never_collected():
                command: click.Command = getattr(importlib.import_module(module), attribute)
        except ModuleNotFoundError as missing:
            if missing.name and missing.name.split(".")[0] in ("analyzers", "bot"):
                raise
            raise click.ClickException(
                f"`{name}` needs the server parts: pip install 'shipworthy[server]'"
            ) from missing
        return command


def _show_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        from analyzers.version import our_version  # and with it all of the analysis

        click.echo(f"shipworthy, version {our_version()}")
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
