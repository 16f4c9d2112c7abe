"""A whole review of a merge request, with real rules, as the people in it see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import TryLater
from bot.forges.base import CommentRef, Request, Trigger
from bot.review.desk import Desk, Outcome
from bot.review.run import admit_failure, answer
from bot.store.database import migrate, open_database
from bot.store.reviews import Reviews
from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_stage
from tests.bot.forges.gitlab_stand_in.world import BOT, Note
from tests.bot.forges.stand_in.fault import LOST, Fault
from tests.bot.review.test_run import BAD, GOOD, WORSE


class Scene:
    """One merge request with the desk that reviews it."""

    def __init__(self, stage: GitlabStage, reviews: Reviews) -> None:
        self.stage = stage
        self.desk = Desk(stage.forge, reviews, "https://bot.example.com")
        self.deliveries = 0

    def open(self, head: str, base: str = GOOD) -> None:
        self.ref = self.stage.open_change({"Dockerfile": base}, {"Dockerfile": head})
        self.request = self.stage.request(self.ref)

    def review(self, trigger: Trigger = Trigger.PUSH) -> Outcome:
        self.deliveries += 1
        outcome = answer(Request(self.ref, trigger), self.desk, f"guid-{self.deliveries}")
        assert outcome
        return outcome

    def push(self, dockerfile: str) -> Outcome:
        self.stage.push(self.ref, {"Dockerfile": dockerfile})
        return self.review()

    @property
    def requests(self) -> list[str]:
        return self.stage.stand_in.requests

    @property
    def status(self) -> tuple[str, str]:
        last = self.stage.project.statuses[-1]
        return last["status"], last["description"]

    @property
    def open_places(self) -> list[tuple[str, int]]:
        threads = [one for one in self.request.discussions if not one.is_individual and not one.resolved_by]
        positions = [one.notes[0].position or {} for one in threads]
        return [(position["new_path"], position["new_line"]) for position in positions]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    engine = open_database(f"sqlite:///{tmp_path}/bot.db")
    migrate(engine)
    with gitlab_stage(tmp_path) as stage:
        yield Scene(stage, Reviews(engine))
    engine.dispose()


def test_a_clean_change_is_left_in_peace(scene: Scene) -> None:
    scene.open(GOOD + "EXPOSE 8080\n")
    scene.review()

    assert scene.status == ("success", "No new problems")
    assert (scene.request.discussions, scene.request.notifications) == ([], [])


def test_old_mistakes_are_no_reason_for_a_note(scene: Scene) -> None:
    scene.open(BAD + "EXPOSE 8080\n", base=BAD)
    scene.review()

    assert scene.status == ("success", "First look: 1 known problem")
    assert scene.stage.notes(scene.ref) == []


def test_beside_old_mistakes_what_is_fixed_is_one_line(scene: Scene) -> None:
    scene.open(WORSE, base=BAD)
    scene.review()
    before = scene.stage.notes(scene.ref)
    scene.push(BAD + "EXPOSE 8080\n")

    assert [body.partition("\n")[0] for body in (*before, *scene.stage.notes(scene.ref))] == [
        "### Shipworthy: 1 new problem: 1 warning",
        "All problems are fixed (was 1).",
    ]


def test_a_mistake_is_said_on_its_line_and_summed_up(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    (note,) = scene.stage.notes(scene.ref)

    assert scene.open_places == [("Dockerfile", 6)]
    assert scene.status == ("success", "1 new problem: 1 warning")
    assert note.startswith("### Shipworthy: 1 new problem: 1 warning\n\n")
    assert f"{scene.stage.stand_in.url}/acme/shop/-/blob/{scene.request.head}/Dockerfile#L6" in note


def test_several_mistakes_are_one_notification(scene: Scene) -> None:
    scene.open(WORSE)
    scene.review()

    assert scene.open_places == [("Dockerfile", 1), ("Dockerfile", 6)]
    assert scene.request.notifications == [2, 1]


def test_a_fix_is_offered_in_gitlabs_words(scene: Scene) -> None:
    scene.open(GOOD.replace('["/app"]', "['/app']"))
    scene.review()
    bodies = [one.notes[0].body for one in scene.request.discussions if not one.is_individual]

    assert any("```suggestion:-0+0\n" in body for body in bodies)


def test_the_same_head_again_takes_three_requests_and_says_nothing(scene: Scene) -> None:
    scene.open(WORSE)
    scene.review()
    scene.requests.clear()
    scene.review()

    assert len(scene.requests) == len(["state", "diffs", "status"])
    assert scene.request.notifications == [2, 1]


def test_what_is_fixed_is_resolved_and_the_note_shrinks_to_a_line(scene: Scene) -> None:
    scene.open(WORSE)
    scene.review()
    scene.push(GOOD + "EXPOSE 8080\n")

    assert scene.open_places == []
    assert [body.partition("\n")[0] for body in scene.stage.notes(scene.ref)] == [
        "All problems are fixed (was 2)."
    ]
    assert scene.status == ("success", "No new problems")


def test_what_comes_back_is_said_again(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    scene.push(GOOD + "EXPOSE 8080\n")
    scene.push(BAD)

    assert scene.open_places == [("Dockerfile", 6)]


def test_what_a_person_resolved_is_not_said_again(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    scene.request.discussions[0].resolved_by = scene.request.author
    scene.push("# more\n" + BAD)

    assert (scene.open_places, scene.request.notifications) == ([], [1, 1])


def test_a_draft_gets_the_note_alone(scene: Scene) -> None:
    scene.open(BAD)
    scene.request.is_draft = True
    scene.review()

    assert (scene.open_places, len(scene.stage.notes(scene.ref))) == ([], 1)


def test_a_review_that_broke_says_so_and_blocks_nobody(scene: Scene) -> None:
    scene.open(BAD)
    admit_failure(Request(scene.ref, Trigger.PUSH), scene.desk, "guid-1")

    assert scene.status == ("success", "The review could not finish")
    assert "reference `guid-1`" in scene.stage.notes(scene.ref)[0]


@pytest.mark.parametrize(("level", "sign", "statuses"), [(20, "thumbsup", 1), (10, "confused", 0)])
def test_an_order_is_answered_by_what_the_person_may(
    scene: Scene, level: int, sign: str, statuses: int
) -> None:
    scene.open(BAD)
    world = scene.stage.stand_in.world
    user = world.user("ann")
    world.join(scene.stage.project, user, level)
    note = world.say(scene.request, user, "/recheck").notes[0]
    order = CommentRef(str(note.id), note.body, "note")
    answer(Request(scene.ref, Trigger.COMMAND, "ann", comment=order, actor_id=str(user)), scene.desk, "guid")

    assert sign in [name for _, name in note.awards]
    assert len(scene.stage.project.statuses) == statuses


def test_what_a_person_ignores_in_its_discussion_is_settled_there(scene: Scene) -> None:
    scene.open(BAD)
    scene.review()
    world, discussion = scene.stage.stand_in.world, scene.request.discussions[0]
    user = world.user("ann")
    world.join(scene.stage.project, user, 30)
    words = "/shipworthy ignore pinned by the mirror"
    reply = Note(world.next_number(), user, words)
    discussion.notes.append(reply)
    order = CommentRef(str(reply.id), words, "note", discussion.id)
    request = Request(scene.ref, Trigger.COMMAND, "ann", comment=order, actor_id=str(user))
    for _ in range(2):
        answer(request, scene.desk, "guid")

    assert discussion.resolved_by == BOT
    assert scene.status == ("success", "No problems in 1 file")
    assert scene.stage.notes(scene.ref)[0].startswith("No problems are left (was 1; 1 ignored).")
    assert world.orders == []


def test_drafts_of_a_run_that_broke_are_not_published_by_a_later_push(scene: Scene) -> None:
    """What they spoke of is fixed by then, so that nothing else reminds of them."""
    scene.open(WORSE)
    scene.stage.stand_in.faults.append(Fault("POST .*/bulk_publish", status=LOST))
    with pytest.raises(TryLater):
        scene.review()
    left = len(scene.request.drafts)
    scene.push(
        GOOD.replace("ENTRYPOINT", "ENV TOKEN=aGVsbG8gd29ybGQ\nENTRYPOINT").replace('["/app"]', "['/app']")
    )

    assert (left, scene.request.drafts) == (2, [])
    assert not any(
        "latest" in one.notes[0].body for one in scene.request.discussions if not one.is_individual
    )
    assert len(scene.open_places) >= 2
