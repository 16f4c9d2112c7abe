"""What people see of our conversations, push after push, whatever they do to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import TryLater
from bot.forges.base import Conclusion
from bot.store.database import migrate, open_database
from bot.store.dismissals import Dismissal, Kind
from bot.store.feedback import Opinion, Sign
from tests.bot.dockerfiles import BAD, GOOD
from tests.bot.forges.stages import github_stage
from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.fault import LOST
from tests.bot.forges.stand_in.world import BOT
from tests.bot.review.talk import LINE, OTHER, RULE, Talk, said, theirs

DOWN = "# down\n" * 10
BOTH = BAD.replace("golang:1.26-alpine3.22", "golang:latest")
ONE = [("Dockerfile", LINE, True)]
DISMISSED = "conversation resolved, problem still there"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/bot.db")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/empty.db")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def talk(engine: sa.Engine, tmp_path: Path) -> Iterator[Talk]:
    with github_stage(tmp_path) as github:
        yield Talk(github, engine)


@pytest.fixture
def spoken(talk: Talk) -> Talk:
    """One mistake, one conversation."""
    talk.open({"Dockerfile": BAD})
    assert said(talk.threads) == ONE
    return talk


def test_the_same_mistake_ten_lines_further_down_keeps_its_conversation(spoken: Talk) -> None:
    body = spoken.thread.comments[0].body
    spoken.push({"Dockerfile": DOWN + BAD})

    assert said(spoken.threads) == [("Dockerfile", LINE + 10, True)]
    assert spoken.thread.comments[0].body == body
    assert len(spoken.pull.reviews) == 1


def test_a_line_edited_and_still_wrong_keeps_its_conversation(spoken: Talk) -> None:
    spoken.push({"Dockerfile": "# down\n" + OTHER})

    assert [open for _, _, open in said(spoken.threads)] == [True]
    assert "commented earlier" in spoken.summary
    spoken.push({"Dockerfile": DOWN + OTHER})
    assert len(spoken.threads) == 1


def test_a_new_mistake_beside_the_old_one_gets_a_conversation_of_its_own(spoken: Talk) -> None:
    spoken.push({"Dockerfile": BAD.replace("FROM alpine", "FROM debian:latest AS more\nFROM alpine")})

    assert said(spoken.threads) == [("Dockerfile", LINE + 1, True), ("Dockerfile", LINE, True)]


@pytest.mark.parametrize("may_resolve", [True, False])
def test_fixed_then_reintroduced_is_said_again(spoken: Talk, may_resolve: bool) -> None:
    spoken.world.may_resolve = may_resolve
    spoken.push({"Dockerfile": GOOD})
    assert said(spoken.pull.threads) == [("Dockerfile", LINE, False)]

    spoken.push({"Dockerfile": BAD})
    assert said(spoken.pull.threads)[1:] == ONE
    spoken.push({"Dockerfile": "# down\n" + BAD})
    assert len(spoken.pull.threads) == 2


def test_fixed_and_resolved_by_us_is_no_word_of_a_person(spoken: Talk) -> None:
    spoken.push({"Dockerfile": GOOD})
    spoken.hear("resolved", spoken.thread)

    assert spoken.desk.dismissals.of(spoken.ref.key) == {}
    spoken.push({"Dockerfile": BAD})
    assert [open for _, _, open in said(spoken.threads)] == [False, True]


@pytest.mark.parametrize("is_told", [True, False], ids=["and we hear of it", "and no event comes"])
class TestAPersonResolved:
    """A conversation, the problem still being there."""

    @pytest.fixture(autouse=True)
    def resolve(self, spoken: Talk, is_told: bool) -> None:
        spoken.resolve(spoken.thread, is_told=is_told)

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({"Dockerfile": BAD}, id="pushed again"),
            pytest.param({"Dockerfile": DOWN + BAD}, id="moved"),
            pytest.param({"Dockerfile": BAD.replace("FROM alpine", "FROM  alpine")}, id="spaced"),
            pytest.param({"build/Dockerfile": BAD}, id="renamed"),
        ],
    )
    def test_it_stays_quiet_and_the_summary_says_so(self, spoken: Talk, files: dict[str, str]) -> None:
        spoken.push(files)
        spoken.wait()
        spoken.push(files)

        assert [open for _, _, open in said(spoken.threads)] == [False]
        assert DISMISSED in spoken.summary
        assert len(spoken.pull.reviews) == 1

    def test_after_a_force_push_too(self, spoken: Talk) -> None:
        base = spoken.pull.base
        spoken.push({"Dockerfile": DOWN + BAD}, parent=base)

        assert len(spoken.threads) == 1
        assert DISMISSED in spoken.summary

    def test_until_the_line_changes(self, spoken: Talk) -> None:
        spoken.push({"Dockerfile": OTHER})

        assert [open for _, _, open in said(spoken.threads)] == [False, True]
        assert DISMISSED not in spoken.summary

    def test_until_it_was_fixed_and_came_back(self, spoken: Talk) -> None:
        spoken.push({"Dockerfile": GOOD})
        spoken.push({"Dockerfile": BAD})

        assert [open for _, _, open in said(spoken.threads)] == [False, True]

    @pytest.mark.parametrize("is_reopening_told", [True, False])
    def test_until_it_is_opened_again(self, spoken: Talk, is_reopening_told: bool) -> None:
        spoken.review()
        spoken.reopen(spoken.thread, is_told=is_reopening_told)
        spoken.review()

        assert said(spoken.threads) == ONE
        assert "commented earlier" in spoken.summary
        assert spoken.desk.dismissals.of(spoken.ref.key) == {}


def test_a_resolved_conversation_is_about_the_line_as_it_was_last_seen(spoken: Talk) -> None:
    spoken.push({"Dockerfile": OTHER})
    spoken.resolve(spoken.thread)
    spoken.push({"Dockerfile": DOWN + OTHER})

    assert len(spoken.threads) == 1
    assert DISMISSED in spoken.summary


def test_somebody_replied_so_the_fixed_conversation_is_left_to_them(spoken: Talk) -> None:
    before = spoken.thread.comments[0].body
    spoken.reply(spoken.thread)
    spoken.push({"Dockerfile": GOOD})

    assert said(spoken.threads) == ONE
    assert spoken.thread.comments[0].body == before


def test_a_comment_deleted_by_a_person_is_not_made_again(spoken: Talk) -> None:
    spoken.wait()
    spoken.delete(spoken.thread)
    spoken.push({"Dockerfile": DOWN + BAD})
    assert spoken.pull.threads == []
    assert DISMISSED in spoken.summary
    (dismissal,) = spoken.desk.dismissals.of(spoken.ref.key).values()
    assert (dismissal.kind, dismissal.rule) == (Kind.DELETED, RULE)

    spoken.push({"build/Dockerfile": BAD})
    assert spoken.pull.threads == []
    spoken.push({"Dockerfile": OTHER})
    assert said(spoken.threads) == ONE


def test_one_of_two_comments_deleted_leaves_the_other(talk: Talk) -> None:
    talk.open({"Dockerfile": BOTH})
    first, second = talk.threads
    talk.wait()
    talk.delete(first)
    talk.push({"Dockerfile": DOWN + BOTH})

    assert talk.threads == [second]


def test_deleted_and_then_fixed_starts_anew(spoken: Talk) -> None:
    spoken.wait()
    spoken.delete(spoken.thread)
    spoken.review()
    spoken.push({"Dockerfile": GOOD})
    spoken.push({"Dockerfile": BAD})

    assert said(spoken.threads) == ONE


@pytest.mark.parametrize("kind", [Kind.IGNORED, Kind.FALSE_POSITIVE])
def test_what_a_command_dismissed_stays_so_whatever_becomes_of_the_conversation(
    spoken: Talk, kind: Kind
) -> None:
    (fingerprint,) = spoken.desk.posted.of(spoken.ref.key)
    spoken.desk.dismissals.add(spoken.ref.key, Dismissal(fingerprint, kind, RULE, reason="a test image"))
    spoken.resolve(spoken.thread)
    spoken.reopen(spoken.thread)
    outcome = spoken.push({"Dockerfile": "# down\n" + BAD})

    assert (outcome.plan.open, outcome.title) == ((), "No problems in 1 file")
    assert spoken.desk.dismissals.of(spoken.ref.key)[fingerprint].kind is kind


def test_a_marker_forged_by_another_user_is_not_ours(spoken: Talk) -> None:
    forged = theirs(spoken, spoken.thread)
    before = forged.comments[0].body
    spoken.push({"Dockerfile": DOWN + BAD})
    spoken.push({"Dockerfile": GOOD})

    assert (forged.resolved_by, forged.comments[0].body, forged.comments[0].minimized) == (None, before, None)
    assert spoken.pull.threads[0].resolved_by == BOT


def test_a_forged_conversation_resolved_does_not_silence_ours(spoken: Talk) -> None:
    forged = theirs(spoken, spoken.thread)
    spoken.resolve(forged, by="mallory")
    spoken.review()

    assert spoken.desk.dismissals.of(spoken.ref.key) == {}
    assert "commented earlier" in spoken.summary


def test_a_forged_marker_before_ours_is_there_changes_nothing(talk: Talk) -> None:
    talk.open({"Dockerfile": BAD})
    ours = talk.thread
    forged = theirs(talk, ours)
    talk.delete(ours)
    other = talk.world.pull(talk.github.repository, talk.pull.base, talk.pull.head)
    other.threads.append(forged)
    talk.ref = type(talk.ref)("github", talk.ref.repository, other.number, talk.ref.installation)
    talk.resolve(forged)
    talk.review()

    assert [thread.comments[0].author for thread in talk.threads] == ["mallory", BOT]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Dockerfile", "build/Dockerfile", id="a file of the base"),
        pytest.param("app/Dockerfile", "build/Dockerfile", id="a file of this change"),
    ],
)
def test_a_renamed_file_keeps_its_conversations(talk: Talk, before: str, after: str) -> None:
    talk.open({before: BOTH})
    assert len(talk.threads) == 2
    threads = list(talk.threads)
    talk.push({after: BOTH})
    talk.push({after: DOWN + BOTH})

    assert talk.threads == threads
    assert [thread.resolved_by for thread in talk.threads] == [None, None]
    assert len(talk.pull.reviews) == 1


def test_a_force_push_keeps_conversations(spoken: Talk) -> None:
    spoken.push({"Dockerfile": "# other\n" + BAD, "more.txt": "more\n"}, parent=spoken.pull.base)

    assert said(spoken.threads) == [("Dockerfile", LINE + 1, True)]


def test_a_database_that_was_lost_makes_us_repeat_nothing(spoken: Talk, empty: sa.Engine) -> None:
    spoken.forget_all(empty)
    spoken.push({"Dockerfile": DOWN + BAD})
    spoken.resolve(spoken.thread)
    spoken.push({"Dockerfile": BAD})

    assert said(spoken.threads) == [("Dockerfile", LINE, False)]
    assert DISMISSED in spoken.summary


def test_the_head_moves_between_analysis_and_posting(talk: Talk) -> None:
    refused = {"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}

    def push() -> None:
        talk.world.push(talk.github.repository, talk.pull, {"Dockerfile": DOWN + BAD})

    talk.github.stand_in.faults.append(Fault("/reviews", 422, body=refused, before=push))
    with pytest.raises(TryLater, match="moved"):
        talk.open({"Dockerfile": BAD})
    talk.review()

    assert said(talk.threads) == [("Dockerfile", LINE + 10, True)]


@pytest.mark.parametrize("status", [LOST, 502], ids=["the line is cut", "a bad gateway"])
@pytest.mark.parametrize("behind", [0, 1, 2, 3], ids="{} reads behind".format)
def test_an_answer_lost_after_success_doubles_nothing(talk: Talk, status: int, behind: int) -> None:
    talk.world.reads_behind = behind
    talk.github.stand_in.faults.append(Fault("POST .*/reviews", status, is_done=True))
    talk.ref = talk.github.open_change({"Dockerfile": GOOD}, {"Dockerfile": BAD})
    for _ in range(behind):
        with pytest.raises(TryLater):
            talk.review()
    outcome = talk.review()

    assert (outcome.conclusion, len(talk.threads)) == (Conclusion.NEUTRAL, 1)


def test_a_post_that_never_landed_is_made_when_it_would_be_to_be_seen(talk: Talk) -> None:
    talk.github.stand_in.faults.append(Fault("POST .*/reviews", 502))
    talk.ref = talk.github.open_change({"Dockerfile": GOOD}, {"Dockerfile": BAD})
    for _ in range(2):
        with pytest.raises(TryLater):
            talk.review()
    assert talk.github.stand_in.asked("/reviews") == 1
    talk.wait()
    talk.review()

    assert said(talk.threads) == ONE


def test_a_refusal_leaves_nothing_to_wait_for(talk: Talk) -> None:
    limited = {"message": "You have exceeded a secondary rate limit."}
    talk.github.stand_in.faults.append(Fault("POST .*/reviews", 429, {"Retry-After": "1"}, limited))
    talk.ref = talk.github.open_change({"Dockerfile": GOOD}, {"Dockerfile": BAD})
    with pytest.raises(TryLater):
        talk.review()
    talk.review()

    assert said(talk.threads) == ONE


def test_a_crash_after_the_review_and_before_anything_is_stored(talk: Talk) -> None:
    talk.github.stand_in.faults.append(Fault("POST .*/check-runs", 502))
    with pytest.raises(TryLater):
        talk.open({"Dockerfile": BAD})
    talk.review()

    assert (len(talk.threads), len(talk.pull.reviews)) == (1, 1)


def test_what_was_posted_a_moment_ago_is_neither_made_again_nor_taken_for_deleted(talk: Talk) -> None:
    talk.world.reads_behind = 2
    talk.open({"Dockerfile": BAD})
    talk.push({"Dockerfile": "# down\n" + BAD})
    talk.push({"Dockerfile": DOWN + BAD})
    talk.wait()
    talk.push({"Dockerfile": BAD})

    assert said(talk.threads) == ONE
    assert talk.desk.dismissals.of(talk.ref.key) == {}


def test_what_github_will_not_take_is_said_in_the_check(talk: Talk) -> None:
    talk.github.stand_in.faults.append(Fault("/reviews", 422, body={"message": "Nonsense"}))
    outcome = talk.open({"Dockerfile": BAD})
    (run,) = talk.github.repository.check_runs.values()

    assert (talk.threads, len(outcome.plan.held_back)) == ([], 1)
    assert [(one["path"], one["start_line"]) for one in run["annotations"]] == [("Dockerfile", LINE)]
    talk.push({"Dockerfile": "# down\n" + BAD})
    assert said(talk.threads) == [("Dockerfile", LINE + 1, True)]


def test_a_closed_change_leaves_the_thumbs_of_its_readers(spoken: Talk) -> None:
    (fingerprint,) = spoken.desk.posted.of(spoken.ref.key)
    spoken.thread.comments[0].reactions = {"THUMBS_UP": 1, "THUMBS_DOWN": 2, "HEART": 4}
    spoken.push({"Dockerfile": GOOD})
    spoken.push({"Dockerfile": BAD})
    spoken.threads[1].comments[0].reactions = {"THUMBS_UP": 3}
    before = len(spoken.github.stand_in.requests)
    spoken.close()
    spoken.close()

    assert spoken.desk.feedback.of(spoken.ref.key) == {
        Opinion(fingerprint, RULE, Sign.UP, 4),
        Opinion(fingerprint, RULE, Sign.DOWN, 2),
    }
    assert len(spoken.github.stand_in.requests) - before == 2
