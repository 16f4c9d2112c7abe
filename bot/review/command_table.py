"""All commands: who may give them, and what obeys. A new command is a line here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.review.accepting import accept
from bot.review.commands import Command
from bot.review.explaining import explain
from bot.review.nearest import nearest
from bot.review.orders import Effect, Entry, Order, Right, refuse
from bot.review.rechecking import pause, recheck, resolve, resume
from bot.review.silencing import call_false, ignore, unignore
from bot.review.telling import tell_commands, tell_settings

_UNIGNORE = Entry(
    "/shipworthy unignore [rule]",
    "takes back an ignore or an accept; `open` is the same",
    Right.WRITER,
    unignore,
)


def _help(order: Order) -> Effect:
    return tell_commands(order, dict.fromkeys(COMMANDS.values()))


def _puzzle(order: Order) -> Effect:
    return refuse(nearest("command", order.command.name, COMMANDS, "/shipworthy {}"))


COMMANDS: Mapping[str, Entry] = {
    "recheck": Entry("/recheck [full]", "reviews again; `full` reads all of it anew", Right.TRIAGER, recheck),
    "ignore": Entry(
        "/shipworthy ignore [rule] <reason>",
        "ignores on this change what the conversation is about, or all that a rule finds new",
        Right.WRITER,
        ignore,
    ),
    "false-positive": Entry(
        "/shipworthy false-positive [rule] <reason>",
        "the same, and is counted for the rule; an author without write access is only counted",
        Right.TRIAGER,
        call_false,
    ),
    "unignore": _UNIGNORE,
    "open": _UNIGNORE,
    "accept": Entry(
        "/shipworthy accept [reason]",
        "takes all that is new here as known in this repository",
        Right.WRITER,
        accept,
    ),
    "resolve": Entry(
        "/shipworthy resolve",
        "closes all conversations whose problem is gone, answered ones too",
        Right.WRITER,
        resolve,
    ),
    "pause": Entry(
        "/shipworthy pause", "no comments on lines here, the summary alone", Right.MAINTAINER, pause
    ),
    "resume": Entry("/shipworthy resume", "comments again, at once", Right.MAINTAINER, resume),
    "explain": Entry(
        "/shipworthy explain [rule]",
        "says what a rule looks for; without a name, those of the conversation or of all that is new",
        Right.READER,
        explain,
        on_closed=True,
    ),
    "config": Entry(
        "/shipworthy config", "shows the settings and where each comes from", Right.READER, tell_settings
    ),
    "help": Entry("/shipworthy help", "shows this table", Right.READER, _help, on_closed=True),
}

_UNKNOWN = Entry("", "", Right.READER, _puzzle)


def find_entry(command: Command) -> Entry:
    """What the table has; for a word that it has not, what tells so."""
    return COMMANDS.get(command.name, _UNKNOWN)
