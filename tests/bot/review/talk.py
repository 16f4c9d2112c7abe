"""A pull request on the stand-in with a desk that reviews it, and the people who talk there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.forges.base import CommentRef, Request, Trigger
from bot.review.desk import Desk, Outcome
from bot.review.run import answer
from bot.store.reviews import Reviews
from bot.store.tables import posted
from tests.bot.dockerfiles import GOOD
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in.world import BOT, Thread

OTHER = GOOD.replace("alpine:3.22\n", "debian:latest\n")
"""The same mistake on the same line with other words."""
LINE = 6
RULE = "base-image-latest"


class Talk:
    """One pull request. `push` and `review` are what the forge brings about, the rest is done by people."""

    def __init__(self, github: GithubStage, engine: sa.Engine) -> None:
        self.github = github
        self.engine = engine
        self.world = github.stand_in.world
        self.desk = Desk(github.forge, Reviews(engine), "https://bot.example.com")

    def open(self, head: Mapping[str, str], base: Mapping[str, str] | None = None) -> Outcome:
        self.ref = self.github.open_change(base or {"Dockerfile": GOOD}, head)
        return self.review()

    def push(self, files: Mapping[str, str], parent: str | None = None) -> Outcome:
        self.world.push(self.github.repository, self.pull, files, parent)
        return self.review()

    def review(self) -> Outcome:
        outcome = answer(Request(self.ref, Trigger.PUSH), self.desk, "guid")
        assert outcome
        return outcome

    def resolve(self, thread: Thread, by: str = "dev", *, is_told: bool = True) -> None:
        thread.resolved_by = by
        if is_told:
            self.hear("resolved", thread)

    def reopen(self, thread: Thread, *, is_told: bool = True) -> None:
        thread.resolved_by = None
        if is_told:
            self.hear("unresolved", thread)

    def hear(self, order: str, thread: Thread) -> None:
        """The forge's event about a conversation."""
        first = thread.comments[0]
        comment = CommentRef(str(first.id), first.body, "review", str(first.id))
        answer(Request(self.ref, Trigger.THREAD, "dev", comment=comment, order=order), self.desk)

    def reply(self, thread: Thread, author: str = "dev") -> None:
        thread.comments.append(self.world.comment(author, "Are you sure?"))

    def delete(self, thread: Thread) -> None:
        self.pull.threads.remove(thread)

    def close(self) -> None:
        self.pull.state = "CLOSED"
        answer(Request(self.ref, Trigger.CLOSED), self.desk)

    def wait(self) -> None:
        """Time goes by since the last comment."""
        with self.engine.begin() as connection:
            connection.execute(posted.update().values(posted_at=datetime.now(UTC) - timedelta(hours=1)))

    def forget_all(self, engine: sa.Engine) -> None:
        """From here on with a database in which nothing is."""
        self.desk = replace(self.desk, reviews=Reviews(engine))

    @property
    def pull(self) -> Any:
        return self.github.pull(self.ref)

    @property
    def threads(self) -> list[Thread]:
        """Those about the mistake, open or not."""
        return [thread for thread in self.pull.threads if f"rule={RULE}" in thread.comments[0].body]

    @property
    def thread(self) -> Thread:
        (thread,) = self.threads
        return thread

    @property
    def summary(self) -> str:
        (summary,) = self.github.summaries(self.ref)
        return summary


def said(threads: Iterable[Thread]) -> list[tuple[str, int | None, bool]]:
    """Where they stand, and whether they are open still."""
    return [
        (thread.path, thread.line, thread.resolved_by is None and thread.comments[0].minimized is None)
        for thread in threads
    ]


def theirs(talk: Talk, thread: Thread, author: str = "mallory") -> Thread:
    """Another's comment with the words of ours, marker and all."""
    assert thread.comments[0].author == BOT
    copy = replace(thread, id="T0", comments=[talk.world.comment(author, thread.comments[0].body)])
    talk.pull.threads.append(copy)
    return copy
