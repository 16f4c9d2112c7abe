"""Whole reviews that do as a repository's settings wish, and first looks at repositories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.forges.base import Change, ChangeRef, Conclusion, Request, Trigger
from bot.review.desk import Outcome
from bot.review.run import answer
from tests.bot.forges.local_stage import local_stage
from tests.bot.review.test_run import BAD, GOOD, WORSE, PeopledForge, Scene

CONFIG = ".shipworthy.yaml"
OFF = "rules:\n  base-image-latest:\n    enabled: false\n    reason: it suits me\n"
LOUD = "rules:\n  base-image-latest:\n    severity: error\n"
ROOT = GOOD.replace("USER 65532:65532\n", "")


@dataclass
class DescribedForge(PeopledForge):
    """With what only a forge with people knows of a change: labels, who wrote it."""

    traits: Mapping[str, object] = field(default_factory=dict)

    def change(self, ref: ChangeRef) -> Change:
        return replace(super().change(ref), **self.traits)  # type: ignore[arg-type]


class Wishes(Scene):
    """A change from the files of a base to those of a head."""

    def propose(self, base: Mapping[str, str], head: Mapping[str, str], **traits: object) -> None:
        self.forge = DescribedForge(self.stage.forge, traits=traits)
        self.desk = replace(self.desk, forge=self.forge)
        self.ref = self.stage.open_change({"Dockerfile": GOOD, **base}, {"Dockerfile": BAD, **base, **head})

    def ask(self, ref: ChangeRef | None = None) -> Outcome | None:
        return answer(Request(ref or self.ref, Trigger.PUSH), self.desk, "guid")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Wishes]:
    with local_stage(tmp_path) as stage:
        yield Wishes(stage)


def test_a_change_left_alone_is_told_so_and_nothing_else(scene: Wishes) -> None:
    scene.propose({}, {}, labels=("no-shipworthy",))

    assert scene.ask() is None
    assert (scene.summary.conclusion, scene.summary.title) == (
        Conclusion.SKIPPED,
        "Skipped: label no-shipworthy",
    )
    assert scene.open_threads == []
    assert scene.desk.reviews.latest(scene.ref.key) is None


def test_a_change_cannot_leave_itself_alone(scene: Wishes) -> None:
    scene.propose({}, {CONFIG: "skip: {titles: ['*']}\n"})

    assert scene.ask()


@pytest.mark.parametrize(
    ("settings", "traits", "comments"),
    [
        pytest.param("", {}, 1, id="as usual"),
        pytest.param("comments: {max_inline: 0}\n", {}, 0, id="no comments at all"),
        pytest.param("comments: {min_severity: error}\n", {}, 0, id="errors alone"),
        pytest.param("comments: {filter: added}\n", {}, 1, id="added lines alone"),
        pytest.param("", {"is_draft": True}, 0, id="a draft"),
        pytest.param("comments: {on_drafts: true}\n", {"is_draft": True}, 1, id="a draft as wished"),
        pytest.param("", {"is_by_bot": True}, 0, id="a bot's change"),
        pytest.param("", {"ends_in_merge": True}, 1, id="a merge nobody has reviewed yet"),
    ],
)
def test_how_much_is_said(scene: Wishes, settings: str, traits: dict[str, object], comments: int) -> None:
    scene.propose({CONFIG: settings}, {}, **traits)
    outcome = scene.ask()

    assert outcome
    assert len(outcome.plan.open) == len(scene.open_threads) == comments
    assert len(outcome.plan.held_back) == 1 - comments
    assert scene.summary.title == "1 new problem: 1 warning"


def test_a_push_that_merges_is_not_talked_of_and_the_next_one_is(scene: Wishes) -> None:
    scene.propose({}, {})
    scene.ask()
    scene.forge = DescribedForge(scene.stage.forge, traits={"ends_in_merge": True})
    scene.desk = replace(scene.desk, forge=scene.forge)
    merged = scene.push(WORSE)
    scene.desk = replace(scene.desk, forge=DescribedForge(scene.stage.forge))
    pushed = scene.push("# more\n" + WORSE)

    assert (len(merged.plan.open), len(merged.plan.held_back)) == (0, 1)
    assert (len(pushed.plan.open), len(pushed.plan.keep)) == (1, 1)


@pytest.mark.parametrize(
    ("base", "head", "words"),
    [
        pytest.param("", OFF, "With the changed settings: 1 more, 1 fewer.", id="a rule that hid another"),
        pytest.param("", "exclude: [Docker*]\n", "With the changed settings: 1 fewer.", id="files less"),
        pytest.param("exclude: [Docker*]\n", "", "With the changed settings: 1 more.", id="files more"),
        pytest.param("", LOUD, "With the changed settings: 1 of another severity.", id="a rule weighed"),
        pytest.param(
            "", "fail_on: note\n", "With the changed settings: the same problems.", id="a threshold"
        ),
    ],
)
def test_what_changed_settings_would_bring_is_foreseen(
    scene: Wishes, base: str, head: str, words: str
) -> None:
    scene.propose({CONFIG: base}, {CONFIG: head})
    scene.ask()

    assert words in scene.summary.body
    assert "changed settings count from the merge on" in scene.summary.body


def test_a_change_that_breaks_the_settings_fails_and_is_judged_by_the_old_ones(scene: Wishes) -> None:
    scene.propose({CONFIG: OFF}, {CONFIG: "exlude: []\n"})
    outcome = scene.ask()

    assert outcome
    assert (outcome.conclusion, outcome.title) == (
        Conclusion.FAILURE,
        "1 mistake in .shipworthy.yaml · No new problems",
    )
    assert 'unknown key "exlude"; did you mean "exclude"?' in scene.summary.body
    assert outcome.plan.open == ()


def test_a_change_that_mends_the_settings_is_not_blamed(scene: Wishes) -> None:
    scene.propose({CONFIG: "exlude: []\n"}, {CONFIG: "exclude: []\n"})
    outcome = scene.ask()

    assert outcome
    assert outcome.conclusion is Conclusion.NEUTRAL
    assert "### The settings of `main` are wrong" in scene.summary.body


def test_the_first_change_of_a_repository_tells_what_is_known(scene: Wishes) -> None:
    scene.propose({"Dockerfile": BAD}, {"Dockerfile": BAD + "EXPOSE 80\n"})
    scene.ask()
    first = scene.summary
    scene.push(BAD + "EXPOSE 81\n")

    assert (first.conclusion, first.title) == (Conclusion.NEUTRAL, "First look: 1 known problem")
    assert scene.summary.title == first.title


def test_no_other_change_tells_it(scene: Wishes) -> None:
    scene.propose({"Dockerfile": BAD}, {"Dockerfile": BAD + "EXPOSE 80\n"})
    scene.ask()
    outcome = scene.ask(replace(scene.ref, number=2))

    assert outcome
    assert (outcome.conclusion, outcome.title) == (Conclusion.SUCCESS, "No new problems")


def test_a_merge_queues_trial_is_no_first_look(scene: Wishes) -> None:
    scene.propose({"Dockerfile": BAD}, {"Dockerfile": BAD + "EXPOSE 80\n"})
    trial = scene.ask(replace(scene.ref, is_queued=True))
    outcome = scene.ask()

    assert trial
    assert outcome
    assert (trial.title, outcome.title) == ("No new problems", "First look: 1 known problem")


def test_a_first_look_that_fixes_all_there_was_is_a_success(scene: Wishes) -> None:
    scene.propose({"Dockerfile": ROOT.replace("alpine:3.22", "alpine:latest")}, {"Dockerfile": GOOD})
    outcome = scene.ask()

    assert outcome
    assert outcome.conclusion is Conclusion.SUCCESS
    assert "First look" not in outcome.title
