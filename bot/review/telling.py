"""`help` and `config`: which commands there are, and by which settings a change is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.config import CONFIG_PATH, Config, read_config
from analyzers.config_text import describe
from analyzers.files import RepoFiles
from bot.review.budget import Block, fit
from bot.review.markdown import cell, code, prose
from bot.review.orders import Effect, Entry, Order

MAX_BODY = 7_800
"""Bytes, so that the answer with its hidden line stays below 8,000."""


def tell_commands(order: Order, table: Iterable[Entry]) -> Effect:
    """All commands with who may give them."""
    rows = [f"| {cell(code(one.usage))} | {one.right} | {one.purpose} |" for one in table]
    heading = "| Command | Who | What it does |\n| :- | :- | :- |"
    blocks = [Block(heading, rows), Block(f"A command is a line of its own. {_source(order)}".rstrip())]
    return Effect(fit(blocks, "", MAX_BODY))


def tell_settings(order: Order) -> Effect:
    """What counts on this change: always the settings of its base."""
    base = _base(order)
    config, problems = read_config(base)
    source = f"{code(CONFIG_PATH)} at {code(order.change.base[:7])}"
    blocks = [Block("| Setting | Value | From |\n| :- | :- | :- |", list(_rows(config, source)))]
    if problems:
        listed = [f"- line {one.line}: {prose(one.reason)}" for one in problems]
        blocks.append(Block(f"Not understood in {source}:\n", listed))
    return Effect(fit(blocks, "", MAX_BODY))


def _source(order: Order) -> str:
    """Where the settings come from. The files of a closed change are not looked at."""
    if not order.change.is_open:
        return ""
    if CONFIG_PATH in _base(order).tree:
        return f"Settings: {code(CONFIG_PATH)} at {code(order.change.base[:7])}."
    return f"Settings: the defaults, since there is no {code(CONFIG_PATH)} at {code(order.change.base[:7])}."


def _base(order: Order) -> RepoFiles:
    """The base's tree with just the settings read ahead."""
    base, _ = order.desk.forge.trees(
        order.change, lambda tree, touched: [path for path in (CONFIG_PATH,) if path in tree]
    )
    return base


def _rows(config: Config, source: str) -> Iterator[str]:
    for setting in describe(config):
        origin = source if setting.is_said else "default"
        yield f"| {code(setting.name)} | {cell(code(setting.value))} | {origin} |"
