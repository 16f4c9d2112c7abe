"""Whole reviews with real rules in front of the stand-in for GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.review.desk import Desk, Outcome
from bot.review.run import answer
from bot.store.database import migrate, open_database
from bot.store.reviews import Reviews
from tests.bot.dockerfiles import GOOD
from tests.bot.forges.stages import GithubStage, github_stage


class GithubScene:
    """One repository, with the desk that reviews what is proposed to it."""

    def __init__(self, stage: GithubStage, reviews: Reviews) -> None:
        self.stage = stage
        self.world, self.repository = stage.stand_in.world, stage.repository
        self.repository.permissions["dev"] = "write"
        self.desk = Desk(stage.forge, reviews, "http://localhost:8080")

    def open(self, head: str, base: str = GOOD) -> ChangeRef:
        return self.stage.open_change({"Dockerfile": base}, {"Dockerfile": head})

    def open_twin(self, ref: ChangeRef) -> ChangeRef:
        """Another change with the same head."""
        pull = self.stage.pull(ref)
        return replace(ref, number=self.world.pull(self.repository, pull.base, pull.head).number)

    def enqueue(self, ref: ChangeRef, meanwhile: Mapping[str, str], trial: Mapping[str, str]) -> ChangeRef:
        """The trial merge of a change into a branch that has become `meanwhile`."""
        base = self.world.commit(self.repository, meanwhile, self.stage.pull(ref).base)
        return replace(ref, base=base, head=self.world.commit(self.repository, trial, base), is_queued=True)

    def ask(
        self, ref: ChangeRef, trigger: Trigger = Trigger.PUSH, head: str = "", actor: str = "dev"
    ) -> Outcome | None:
        return answer(Request(ref, trigger, actor=actor, head=head), self.desk, "guid")

    def say(self, ref: ChangeRef, words: str) -> Outcome | None:
        comment = CommentRef("1", words, "issue")
        return answer(Request(ref, Trigger.COMMAND, actor="dev", comment=comment), self.desk)

    def rerun_all(self, head: str) -> Outcome | None:
        """As when GitHub names no change."""
        place = ChangeRef("github", self.repository.name, 0, str(self.world.installation))
        return self.ask(place, Trigger.RERUN, head)

    def runs(self, head: str) -> list[dict[str, Any]]:
        return [run for run in self.repository.check_runs.values() if run["head_sha"] == head]

    def head(self, ref: ChangeRef) -> str:
        return ref.head if ref.is_queued else self.stage.pull(ref).head


@contextmanager
def github_scene(folder: Path) -> Iterator[GithubScene]:
    engine = open_database(f"sqlite:///{folder}/bot.db")
    migrate(engine)
    with github_stage(folder) as stage:
        yield GithubScene(stage, Reviews(engine))
    engine.dispose()
