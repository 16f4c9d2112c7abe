"""A command as it is carried out: who may give it, what it acts on, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.forges.base import Change, Level, Request, Standing, Thread
from bot.review.commands import Command
from bot.review.decisions import people_key
from bot.review.desk import Desk
from bot.review.markdown import readable

MAX_ACTOR = 256
MAX_REASON = 500
"""Characters that are kept."""


class Right(StrEnum):
    """Who may give an order, in the words of the help."""

    READER = "anyone who can read"
    TRIAGER = "the author, triage and up"
    MAINTAINER = "the author, write and up"
    WRITER = "write and up"

    def covers(self, standing: Standing) -> bool:
        if self is Right.WRITER:
            return standing.level >= Level.WRITE
        needed = {Right.READER: Level.READ, Right.TRIAGER: Level.TRIAGE, Right.MAINTAINER: Level.WRITE}
        return standing.is_author or standing.level >= needed[self]


@dataclass(frozen=True, slots=True)
class Order:
    """A command that its giver may give, with the change as it stands now."""

    command: Command
    request: Request
    standing: Standing
    change: Change
    desk: Desk
    delivery: str

    @property
    def key(self) -> str:
        """Where what people say is kept: a trial merge shares it with its change."""
        return people_key(self.change.ref)

    @property
    def actor(self) -> str:
        """Who gave it, cut to what is stored of a name."""
        return readable(self.request.actor)[:MAX_ACTOR]

    @property
    def words(self) -> tuple[str, str]:
        """What follows the command: its first word, without back-ticks around it, and the rest."""
        first, _, rest = readable(self.command.argument).partition(" ")
        return first.strip("`"), rest.strip()

    @property
    def thread(self) -> Thread | None:
        """The conversation of ours in which it was given."""
        root = self.request.comment.thread if self.request.comment else ""
        return next((thread for thread in self.change.threads if root and thread.root == root), None)


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of an order."""

    words: str = ""
    """The answer, in Markdown."""
    is_refused: bool = False
    reviews: bool = False
    """The change is to be reviewed, since what is to be said of it may be another now."""
    closes_answered: bool = False
    """Conversations in which somebody answered are closed like others."""


REVIEWED = Effect(reviews=True)
REFUSED = Effect(is_refused=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the table."""

    usage: str
    purpose: str
    right: Right
    obey: Callable[[Order], Effect]
    on_closed: bool = False
    """Whether it has a meaning on a change that is closed."""


def refuse(words: str) -> Effect:
    """A refusal that says how it is done."""
    return Effect(words, is_refused=True)
