"""Comments posted on GitLab: once, together, and nowhere wrong."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import NotAllowed, TryLater, Unclear
from bot.forges.base import Change, ChangeRef, FileDiff, NewThread
from bot.review.closing import close_fixed
from tests.bot.forges.drafts import LINES, thread
from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_forge
from tests.bot.forges.gitlab_stand_in.world import BOT, Draft
from tests.bot.forges.stand_in.fault import LOST, Fault

FIRST, SECOND, THIRD = "aaaaaaaa", "bbbbbbbb", "cccccccc"


def opened(gitlab: GitlabStage) -> ChangeRef:
    return gitlab.open_change({"Dockerfile": LINES, "b": "1\n"}, {"Dockerfile": LINES + "x\ny\n", "b": "2\n"})


def two(change: Change) -> list[NewThread]:
    return [thread(change, "Dockerfile", 21, FIRST), thread(change, "b", 1, SECOND)]


def said(gitlab: GitlabStage, ref: ChangeRef) -> list[str]:
    """The fingerprints of all threads that are to be seen."""
    return [one.fingerprint for one in gitlab.forge.change(ref).threads]


def test_several_are_one_notification(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.forge.open_threads(change, two(change), "Two.")

    assert (said(gitlab, ref), gitlab.request(ref).notifications) == ([FIRST, SECOND], [2])


def test_one_is_posted_as_it_is(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.forge.open_threads(change, two(change)[:1], "One.", is_first_try=True)

    assert (said(gitlab, ref), gitlab.stand_in.asked("draft_notes")) == ([FIRST], 0)


def test_what_a_broken_run_has_left_is_not_published(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    left = two(change)[0]
    gitlab.request(ref).drafts.append(Draft(9001, BOT, left.body, None, None))
    gitlab.request(ref).drafts.append(Draft(9002, BOT, "written by hand with our token", None, None))
    gitlab.request(ref).drafts.append(Draft(9003, gitlab.request(ref).author, left.body, None, None))
    gitlab.forge.open_threads(change, two(change), "Two.")

    assert said(gitlab, ref) == [FIRST, SECOND]
    assert [draft.id for draft in gitlab.request(ref).drafts] == [9003]


def test_a_run_that_breaks_between_drafts_and_publishing_is_done_again(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("bulk_publish", status=500))
    with pytest.raises(TryLater):
        gitlab.forge.open_threads(change, two(change), "Two.")
    assert (said(gitlab, ref), len(gitlab.request(ref).drafts)) == ([], 2)
    again = gitlab_forge(gitlab.stand_in)
    again.open_threads(again.change(ref), two(change), "Two.")

    assert (said(gitlab, ref), gitlab.request(ref).drafts) == ([FIRST, SECOND], [])


def test_a_limit_before_publishing_is_no_first_try_again(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("bulk_publish", status=429, headers={"Retry-After": "60"}))
    with pytest.raises(Unclear):
        gitlab.forge.open_threads(change, two(change), "Two.", is_first_try=True)
    assert len(gitlab.request(ref).drafts) == 2
    gitlab.forge.open_threads(change, two(change), "Two.")

    assert (said(gitlab, ref), gitlab.request(ref).drafts) == ([FIRST, SECOND], [])


def test_a_limit_between_two_drafts_leaves_it_unclear_what_there_is(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    limited = Fault("draft_notes", status=429, headers={"Retry-After": "60"})
    first, second = two(change)
    gitlab.stand_in.faults.append(limited)
    with pytest.raises(TryLater) as nothing:
        gitlab.forge.open_threads(change, [first, second], "Two.", is_first_try=True)
    taken = Fault("draft_notes", 201, body={"id": 1}, before=lambda: _limit(gitlab, limited), is_done=True)
    gitlab.stand_in.faults.append(taken)
    with pytest.raises(Unclear):
        gitlab.forge.open_threads(change, [first, second], "Two.", is_first_try=True)
    again = gitlab_forge(gitlab.stand_in)
    again.open_threads(again.change(ref), [first, second], "Two.")

    assert not isinstance(nothing.value, Unclear)
    assert (said(gitlab, ref), gitlab.request(ref).drafts) == ([FIRST, SECOND], [])


def _limit(gitlab: GitlabStage, limited: Fault) -> None:
    """From the next request on."""
    gitlab.stand_in.faults.append(dataclasses.replace(limited, times=1))


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(("is_first_try", "looks"), [(True, 0), (False, 1)])
def test_left_drafts_are_looked_for_where_a_try_came_before(
    gitlab: GitlabStage, count: int, is_first_try: bool, looks: int
) -> None:
    change = gitlab.forge.change(opened(gitlab))
    gitlab.forge.open_threads(change, two(change)[:count], "Some.", is_first_try=is_first_try)

    assert gitlab.stand_in.asked("GET .*draft_notes") == looks


@pytest.mark.parametrize(
    ("tidying", "error", "left"),
    [pytest.param(200, NotAllowed, 0, id="tidied up"), pytest.param(403, Unclear, 2, id="for a later try")],
)
def test_a_refusal_leaves_no_drafts_behind(
    gitlab: GitlabStage, tidying: int, error: type[Exception], left: int
) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("POST .*bulk_publish", status=403))
    if tidying != 200:
        gitlab.stand_in.faults.append(Fault("GET .*draft_notes", status=tidying))
    with pytest.raises(error):
        gitlab.forge.open_threads(change, two(change), "Two.", is_first_try=True)

    assert len(gitlab.request(ref).drafts) == left


@pytest.mark.parametrize("status", [LOST, 502], ids=["cut off", "a gateway's error"])
@pytest.mark.parametrize("place", ["discussions$", "draft_notes$", "bulk_publish$"])
def test_an_answer_that_was_lost_doubles_nothing(gitlab: GitlabStage, place: str, status: int) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    threads = two(change)[: 1 if place == "discussions$" else 2]
    gitlab.stand_in.faults.append(Fault(f"POST .*/{place}", status=status, is_done=True))
    gitlab.forge.open_threads(change, threads, "Some.")

    assert said(gitlab, ref) == [one.fingerprint for one in threads]
    assert gitlab.stand_in.asked(f"POST .*/{place}") <= len(threads)


@pytest.mark.parametrize("place", ["discussions$", "draft_notes$", "bulk_publish$"])
def test_a_request_that_was_lost_is_made_again_later(gitlab: GitlabStage, place: str) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    threads = two(change)[: 1 if place == "discussions$" else 2]
    gitlab.stand_in.faults.append(Fault(f"POST .*/{place}"))
    with pytest.raises(TryLater):
        gitlab.forge.open_threads(change, threads, "Some.")
    gitlab.forge.open_threads(gitlab.forge.change(ref), threads, "Some.")

    assert said(gitlab, ref) == [one.fingerprint for one in threads]


def test_a_range_that_is_refused_becomes_its_last_line(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("POST .*discussions$", status=400, body={"message": "line_code"}))
    gitlab.forge.open_threads(change, [thread(change, "Dockerfile", 22, FIRST, start=21)], "One.")
    position = gitlab.request(ref).discussions[0].notes[0].position or {}

    assert (position["new_line"], "line_range" in position) == (22, False)


@pytest.mark.parametrize("companions", [0, 1], ids=["alone", "as a draft that would be lost"])
def test_a_line_that_gitlab_does_not_have_becomes_its_file(gitlab: GitlabStage, companions: int) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    other = FileDiff("Dockerfile", "modified", "@@ -3,1 +3,2 @@\n line 3\n+no such line\n")
    mistaken = dataclasses.replace(change, files=(other, *change.files[1:]))
    threads = [thread(change, "Dockerfile", 4, THIRD), *two(change)[1:][:companions]]
    gitlab.forge.open_threads(mistaken, threads, "Some.")
    position = gitlab.request(ref).discussions[0].notes[0].position or {}

    assert (position["new_path"], position["position_type"]) == ("Dockerfile", "file")
    assert gitlab.request(ref).drafts == []


def test_a_comment_on_a_head_that_has_moved_stands_on_that_version(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.push(ref, {"Dockerfile": LINES, "b": "3\n"})
    gitlab.forge.open_threads(change, two(change), "Two.")

    assert said(gitlab, ref) == [FIRST, SECOND]
    assert [one.line for one in gitlab.forge.change(ref).threads] == [None, None]


@pytest.mark.parametrize("companions", [0, 1], ids=["alone", "among others"])
def test_an_old_instance_gets_a_word_about_the_file(gitlab: GitlabStage, companions: int) -> None:
    gitlab.stand_in.world.limits.takes_file_positions = False
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.forge.open_threads(change, [thread(change, "b", None, THIRD), *two(change)[:companions]], "Some.")
    homeless = gitlab.request(ref).discussions[-1]

    assert homeless.notes[0].body.startswith("In `b`:\n\n**Trouble at b**")
    assert not homeless.is_individual
    assert THIRD in said(gitlab, ref)


def test_what_is_taken_nowhere_comes_back(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    no = {"message": 'Note {:note=>["is too long"]}'}
    gitlab.stand_in.faults.append(Fault("POST .*(discussions|draft_notes)$", status=400, body=no, times=99))
    threads = two(change)

    assert gitlab.forge.open_threads(change, threads, "Two.") == threads
    assert (said(gitlab, ref), gitlab.stand_in.asked("bulk_publish")) == ([], 0)


def test_a_limit_leaves_nothing_half_said(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.world.limits.notes_a_minute = 1
    with pytest.raises(TryLater):
        gitlab.forge.open_threads(change, two(change), "Two.")
    assert said(gitlab, ref) == []
    gitlab.stand_in.world.limits.notes_a_minute = 60
    gitlab.forge.open_threads(change, two(change), "Two.")

    assert said(gitlab, ref) == [FIRST, SECOND]


def test_a_limit_after_publishing_says_that_something_stands(gitlab: GitlabStage) -> None:
    gitlab.stand_in.world.limits.takes_file_positions = False
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("POST .*/discussions$", status=429))
    with pytest.raises(Unclear):
        gitlab.forge.open_threads(change, [thread(change, "b", None, THIRD), *two(change)], "Three.")

    assert said(gitlab, ref) == [FIRST, SECOND]


def test_no_more_than_sixty_are_tried_a_minute(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    many = [thread(change, "b", 1, f"{number:08x}") for number in range(40)]
    gitlab.forge.open_threads(change, many, "Many.")
    with pytest.raises(TryLater):
        gitlab.forge.open_threads(change, many, "Many.")

    assert gitlab.stand_in.world.notes_made == 40


def test_without_the_right_to_comment_it_is_said(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("POST .*draft_notes", status=403))

    with pytest.raises(NotAllowed):
        gitlab.forge.open_threads(change, two(change), "Two.")


class TestClosing:
    def close(self, gitlab: GitlabStage, ref: ChangeRef) -> None:
        change = gitlab.forge.change(ref)
        gitlab.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

    def begin(self, gitlab: GitlabStage) -> ChangeRef:
        ref = opened(gitlab)
        change = gitlab.forge.change(ref)
        gitlab.forge.open_threads(change, two(change)[:1], "One.")
        return ref

    def test_what_is_fixed_is_resolved_by_us(self, gitlab: GitlabStage) -> None:
        ref = self.begin(gitlab)
        self.close(gitlab, ref)
        (one,) = gitlab.forge.change(ref).threads

        assert (one.is_resolved, one.is_closed_by_us) == (True, True)

    def test_what_is_resolved_already_costs_nothing(self, gitlab: GitlabStage) -> None:
        ref = self.begin(gitlab)
        for _ in range(2):
            self.close(gitlab, ref)

        assert gitlab.stand_in.asked("PUT") == 1

    def test_what_a_person_has_answered_is_not_resolved(self, gitlab: GitlabStage) -> None:
        ref = self.begin(gitlab)
        discussion = gitlab.request(ref).discussions[0]
        note = gitlab.stand_in.world.say(gitlab.request(ref), gitlab.request(ref).author, "but why").notes[0]
        discussion.notes.append(note)
        self.close(gitlab, ref)

        assert discussion.resolved_by is None
        assert discussion.notes[0].body.startswith("~~**Trouble at Dockerfile**~~ Fixed in")

    def test_where_resolving_is_not_ours_the_comment_says_it(self, gitlab: GitlabStage) -> None:
        ref = self.begin(gitlab)
        gitlab.stand_in.world.join(gitlab.project, BOT, 20)
        self.close(gitlab, ref)

        assert "Fixed in" in gitlab.request(ref).discussions[0].notes[0].body
        assert gitlab.forge.change(ref).threads == ()

    def test_what_somebody_deleted_is_no_reason_to_stop(self, gitlab: GitlabStage) -> None:
        ref = self.begin(gitlab)
        change = gitlab.forge.change(ref)
        gitlab.request(ref).discussions.clear()
        gitlab.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

        assert gitlab.stand_in.asked("PUT") == 1
