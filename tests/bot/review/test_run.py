"""A whole review on a repository on disk, with real rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from analyzers.files import RepoFiles
from bot.errors import Gone, Superseded
from bot.forges.base import (
    Change,
    ChangeRef,
    Closing,
    CommentRef,
    Conclusion,
    Forge,
    Level,
    NewThread,
    Reaction,
    Request,
    Standing,
    Summary,
    Thread,
    Trigger,
    Vote,
    Wanted,
)
from bot.review.closing import close_fixed
from bot.review.desk import Desk, Outcome
from bot.review.run import admit_failure, answer
from bot.store.database import migrate, open_database
from bot.store.reviews import Reviews
from tests.bot.dockerfiles import BAD, GOOD, WORSE
from tests.bot.forges.local_stage import LocalStage, local_stage


@dataclass
class PeopledForge:
    """The local forge, with what only people bring: drafts, rights, and eyes for our signs."""

    forge: Forge
    is_draft: bool = False
    level: Level = Level.WRITE
    replies: list[str] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)

    def change(self, ref: ChangeRef) -> Change:
        return replace(self.forge.change(ref), is_draft=self.is_draft)

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        return self.forge.trees(change, wanted)

    def forget(self, change: Change) -> None:
        self.forge.forget(change)

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        return self.forge.open_threads(change, threads, body, is_first_try=is_first_try)

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        self.forge.close_threads(change, closings)

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        return self.forge.votes(ref)

    def publish_summary(self, change: Change, summary: Summary) -> None:
        self.forge.publish_summary(change, summary)

    def react(self, request: Request, reaction: Reaction) -> None:
        self.reactions.append(reaction)

    def standing(self, request: Request) -> Standing:
        return Standing(self.level)

    def reply(self, request: Request, body: str) -> None:
        self.replies.append(body)


class Scene:
    """One change with the desk that reviews it."""

    def __init__(self, stage: LocalStage) -> None:
        self.stage = stage
        self.forge = PeopledForge(stage.forge)
        self.desk = Desk(self.forge, Reviews(stage.conversations.engine), "http://localhost:8080")

    def open(self, head: str, base: str = GOOD, **files: str) -> None:
        self.ref = self.stage.open_change({"Dockerfile": base}, {"Dockerfile": head, **files})

    def push(self, dockerfile: str, **files: str) -> Outcome:
        self.stage.push(self.ref, {"Dockerfile": dockerfile, **files})
        return self.review()

    def review(self) -> Outcome:
        outcome = answer(Request(self.ref, Trigger.PUSH), self.desk, "guid")
        assert outcome
        return outcome

    def command(self, words: str) -> Outcome | None:
        comment = CommentRef("1", words)
        return answer(Request(self.ref, Trigger.COMMAND, comment=comment), self.desk)

    @property
    def open_threads(self) -> list[Thread]:
        return [thread for thread in self.forge.change(self.ref).threads if not thread.is_resolved]

    @property
    def summary(self) -> Summary:
        found = self.stage.conversations.summary(self.ref.key)
        assert found
        return found[1]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with local_stage(tmp_path) as stage:
        yield Scene(stage)


def counts(outcome: Outcome) -> tuple[Conclusion, int, int, int]:
    plan = outcome.plan
    return outcome.conclusion, len(plan.open), len(plan.keep), len(plan.close)


def test_a_clean_change_is_left_in_peace(scene: Scene) -> None:
    scene.open(GOOD + "EXPOSE 8080\n")

    assert counts(scene.review()) == (Conclusion.SUCCESS, 0, 0, 0)
    assert scene.open_threads == []


def test_an_old_mistake_is_not_held_against_the_change(scene: Scene) -> None:
    scene.open(BAD + "EXPOSE 8080\n", base=BAD)

    assert counts(scene.review()) == (Conclusion.NEUTRAL, 0, 0, 0)
    assert scene.summary.title == "First look: 1 known problem"
    assert "Known problems in files of this change (1)" in scene.summary.body


def test_a_mistake_is_said_on_its_line(scene: Scene) -> None:
    scene.open(BAD)

    assert counts(scene.review()) == (Conclusion.NEUTRAL, 1, 0, 0)
    assert [(thread.path, thread.line, thread.rule) for thread in scene.open_threads] == [
        ("Dockerfile", 6, "base-image-latest")
    ]
    assert scene.summary.title == "1 new problem: 1 warning"


def test_the_same_head_reviewed_again_says_nothing_twice(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()

    assert counts(scene.review()) == (Conclusion.NEUTRAL, 0, 1, 0)
    assert len(scene.open_threads) == 1


def test_what_a_draft_was_spared_is_said_when_it_is_ready(scene: Scene) -> None:
    scene.open(BAD)
    scene.forge.is_draft = True
    scene.review()
    scene.forge.is_draft = False

    assert counts(scene.review()) == (Conclusion.NEUTRAL, 1, 0, 0)


def test_a_review_that_broke_off_before_it_was_remembered_is_finished(scene: Scene, tmp_path: Path) -> None:
    scene.open(BAD)
    scene.review()
    change = scene.forge.change(scene.ref)
    engine = open_database(f"sqlite:///{tmp_path}/other.db")
    migrate(engine)
    forgetful = replace(scene.desk, reviews=Reviews(engine))
    outcome = answer(Request(scene.ref, Trigger.PUSH), forgetful)
    engine.dispose()

    assert outcome
    assert counts(outcome) == (Conclusion.NEUTRAL, 0, 1, 0)
    assert scene.forge.change(scene.ref).threads == change.threads


def test_a_push_that_moves_the_line_says_nothing_again(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()

    assert counts(scene.push("# moved\n# down\n" + BAD)) == (Conclusion.NEUTRAL, 0, 1, 0)
    assert [thread.line for thread in scene.open_threads] == [8]


def test_a_further_mistake_is_said_beside_the_first(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()

    assert counts(scene.push(WORSE)) == (Conclusion.NEUTRAL, 1, 1, 0)


def test_a_fixed_mistake_is_closed(scene: Scene) -> None:
    scene.open(WORSE)
    scene.review()

    assert counts(scene.push(BAD)) == (Conclusion.NEUTRAL, 0, 1, 1)


def test_a_mistake_that_comes_back_is_said_again(scene: Scene) -> None:
    scene.open(WORSE)
    scene.review()
    scene.push(BAD)

    assert counts(scene.push(WORSE)) == (Conclusion.NEUTRAL, 1, 1, 0)


def test_a_dismissed_mistake_is_not_said_again(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    change = scene.forge.change(scene.ref)
    scene.forge.close_threads(change, [close_fixed(one, change.head) for one in scene.open_threads])

    assert counts(scene.push("# more\n" + BAD)) == (Conclusion.NEUTRAL, 0, 0, 0)
    assert "conversation resolved, problem still there" in scene.summary.body


def test_an_ignored_mistake_is_closed_and_its_reason_shown(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    ignored = BAD.replace("FROM alpine", "# shipworthy: ignore[base-image-latest] rebuilt daily\nFROM alpine")

    assert counts(scene.push(ignored)) == (Conclusion.SUCCESS, 0, 0, 1)
    assert "rebuilt daily" in scene.summary.body


def test_a_draft_gets_the_summary_alone(scene: Scene) -> None:
    scene.open(BAD)
    scene.forge.is_draft = True

    assert counts(scene.review()) == (Conclusion.NEUTRAL, 0, 0, 0)
    assert "1 new problem: 1 listed here only. A draft gets no comments" in scene.summary.body


def test_a_change_does_not_decide_how_it_is_judged(scene: Scene) -> None:
    settings = "rules:\n  base-image-latest:\n    enabled: false\n    reason: it suits me\n"
    scene.open(BAD, **{".shipworthy.yaml": settings})

    assert len(scene.review().plan.open) == 1
    assert "changed settings count from the merge on" in scene.summary.body


def test_of_a_head_that_is_not_the_newest_any_more_nothing_is_said(scene: Scene) -> None:
    scene.open(BAD)
    scene.desk = replace(scene.desk, is_overtaken=lambda delivery: delivery == "guid")
    with pytest.raises(Superseded):
        scene.review()

    assert scene.open_threads == []
    assert scene.stage.conversations.summary(scene.ref.key) is None


def test_a_closed_change_is_gone(scene: Scene) -> None:
    scene.open(BAD)
    scene.stage.close(scene.ref)

    with pytest.raises(Gone):
        scene.review()
    assert scene.forge.reactions == []


def test_an_order_on_a_closed_change_is_refused_in_sight(scene: Scene) -> None:
    scene.open(BAD)
    scene.stage.close(scene.ref)

    with pytest.raises(Gone):
        scene.command("/recheck")
    assert scene.forge.reactions == [Reaction.SEEN, Reaction.REFUSED]


@pytest.mark.parametrize(
    ("words", "level", "reactions"),
    [
        pytest.param("thanks", Level.WRITE, [], id="no order"),
        pytest.param("> /recheck", Level.WRITE, [], id="a quoted order"),
        pytest.param("/recheck", Level.READ, [Reaction.REFUSED], id="by somebody without rights"),
        pytest.param(
            "/shipworthy sing", Level.WRITE, [Reaction.SEEN, Reaction.REFUSED], id="an order nobody knows"
        ),
    ],
)
def test_no_review_is_made_for(scene: Scene, words: str, level: Level, reactions: list[Reaction]) -> None:
    scene.open(BAD)
    scene.forge.level = level

    assert scene.command(words) is None
    assert scene.forge.reactions == reactions
    assert scene.open_threads == []


def test_an_order_is_seen_and_carried_out_even_on_a_reviewed_head(scene: Scene) -> None:
    scene.open(BAD)
    first = scene.review()
    outcome = scene.command("/recheck")

    assert outcome
    assert outcome.review_id != first.review_id
    assert counts(outcome) == (Conclusion.NEUTRAL, 0, 1, 0)
    assert scene.forge.reactions == [Reaction.SEEN, Reaction.DONE]


@pytest.mark.parametrize("trigger", [Trigger.PUSH, Trigger.RERUN, Trigger.MERGE])
def test_a_broken_review_is_admitted(scene: Scene, trigger: Trigger) -> None:
    scene.open(BAD)
    admit_failure(Request(scene.ref, trigger), scene.desk, "guid-1")

    assert scene.summary.conclusion is Conclusion.NEUTRAL
    assert "`guid-1`" in scene.summary.body


@pytest.mark.parametrize("trigger", [Trigger.SURVEY, Trigger.THREAD, Trigger.CLOSED])
def test_nobody_is_told_of_what_was_no_review(scene: Scene, trigger: Trigger) -> None:
    scene.open(BAD)
    admit_failure(Request(scene.ref, trigger), scene.desk, "guid-1")

    assert scene.stage.summaries(scene.ref) == []


def test_a_closed_change_hears_no_apology(scene: Scene) -> None:
    scene.open(BAD)
    scene.stage.close(scene.ref)
    admit_failure(Request(scene.ref, Trigger.PUSH), scene.desk, "guid-1")

    assert scene.stage.summaries(scene.ref) == []


def test_after_an_admitted_failure_the_head_is_reviewed_all_the_same(scene: Scene) -> None:
    scene.open(BAD)
    admit_failure(Request(scene.ref, Trigger.PUSH), scene.desk, "guid-1")

    assert len(scene.review().plan.open) == 1


def test_a_check_that_had_failed_does_not_pass_by_breaking(scene: Scene) -> None:
    scene.open(GOOD.replace("golang:1.26", "golang:1.24"), **{"go.mod": "module m\n\ngo 1.26\n"})
    assert scene.review().conclusion is Conclusion.FAILURE
    admit_failure(Request(scene.ref, Trigger.RERUN), scene.desk, "guid-1")

    assert scene.summary.conclusion is Conclusion.FAILURE
    assert "guid-1" in scene.summary.body
