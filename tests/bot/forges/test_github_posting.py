"""Comments on GitHub: each once, none lost, whatever happens to the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotAllowed, TryLater, Unclear
from bot.forges.base import Change, ChangeRef
from bot.review.closing import close_fixed
from tests.bot.forges.drafts import LINES, thread
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.fault import LOST
from tests.bot.forges.stand_in.world import BOT

BASE = {"a.txt": LINES, "b.txt": "1\n2\n"}
HEAD = {"a.txt": LINES.replace("line 2\n", "line two\n").replace("line 20", "line twenty"), "b.txt": "1\nx\n"}
LIMITED = {"message": "You have exceeded a secondary rate limit."}


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    return github.open_change(BASE, HEAD)


@pytest.fixture
def change(github: GithubStage, ref: ChangeRef) -> Change:
    return github.forge.change(ref)


def anchors(github: GithubStage, ref: ChangeRef) -> list[tuple[str, int | None, int | None]]:
    return [(one.path, one.start_line, one.line) for one in github.pull(ref).threads]


def test_all_comments_go_in_one_review(github: GithubStage, ref: ChangeRef, change: Change) -> None:
    threads = [thread(change, "a.txt", 2, "aaaaaaaa"), thread(change, "b.txt", 2, "bbbbbbbb", start=1)]
    github.forge.open_threads(change, threads, "Two things.")

    assert anchors(github, ref) == [("a.txt", None, 2), ("b.txt", 1, 2)]
    assert [(one["body"], one["event"], one["commit_id"]) for one in github.pull(ref).reviews] == [
        ("Two things.", "COMMENT", change.head)
    ]


def test_a_range_of_one_line_has_no_start(github: GithubStage, ref: ChangeRef, change: Change) -> None:
    github.forge.open_threads(change, [thread(change, "b.txt", 2, start=2)], "One thing.")

    assert anchors(github, ref) == [("b.txt", None, 2)]


@pytest.mark.parametrize("status", [LOST, 502], ids=["the line is cut", "a bad gateway hides it"])
def test_a_lost_answer_posts_nothing_twice(
    github: GithubStage, ref: ChangeRef, change: Change, status: int
) -> None:
    github.stand_in.faults.append(Fault("POST .*/reviews", status, is_done=True))
    github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")

    assert (len(github.pull(ref).threads), github.stand_in.asked("/reviews")) == (1, 1)


def test_where_nothing_landed_the_job_waits_and_posts_once(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.faults.append(Fault("POST .*/reviews", 502))
    with pytest.raises(TryLater):
        github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")
    github.forge.open_threads(github.forge.change(ref), [thread(change, "a.txt", 2)], "One thing.")

    assert len(github.pull(ref).threads) == 1
    assert github.stand_in.asked("/reviews") == 2


def test_one_wrong_line_costs_only_its_place(github: GithubStage, ref: ChangeRef, change: Change) -> None:
    threads = [thread(change, "a.txt", 2, "aaaaaaaa"), thread(change, "a.txt", 11, "bbbbbbbb")]
    github.forge.open_threads(change, threads, "Two things.")

    assert anchors(github, ref) == [("a.txt", None, 2), ("a.txt", None, None)]


def test_a_path_that_github_does_not_know_is_left_to_the_summary(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    threads = [thread(change, "no such file", 2, "aaaaaaaa"), thread(change, "b.txt", 2, "bbbbbbbb")]
    unposted = github.forge.open_threads(change, threads, "Two things.")

    assert anchors(github, ref) == [("b.txt", None, 2)]
    assert unposted == threads[:1]


REFUSED = {"message": "Unprocessable Entity", "errors": ["Start line must precede the end line."]}
SUGGESTING = "**Trouble**\n\n```suggestion\none\ntwo\n```\n\nMore."


def test_a_range_that_github_refuses_is_tried_once_on_its_last_line(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.faults.append(Fault("/reviews", 422, body=REFUSED))
    ranged = replace(thread(change, "b.txt", 2, "aaaaaaaa", start=1), body=SUGGESTING)
    unposted = github.forge.open_threads(change, [ranged, thread(change, "a.txt", 2)], "Two things.")

    assert (unposted, github.stand_in.asked("/reviews"), len(github.pull(ref).reviews)) == ([], 2, 1)
    assert anchors(github, ref) == [("b.txt", None, 2), ("a.txt", None, 2)]
    assert github.pull(ref).threads[0].comments[0].body == SUGGESTING.replace("```suggestion", "```")


def test_what_is_refused_twice_is_given_back_and_not_tried_one_by_one(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.faults.append(Fault("/reviews", 422, body=REFUSED, times=2))
    threads = [thread(change, "b.txt", 2, "aaaaaaaa", start=1), thread(change, "a.txt", 2)]
    unposted = github.forge.open_threads(change, threads, "Two things.")

    assert [one.fingerprint for one in unposted] == [one.fingerprint for one in threads]
    assert (github.stand_in.asked("POST .*/reviews"), github.stand_in.asked("POST .*/comments")) == (2, 0)
    assert github.pull(ref).threads == []


def test_a_refused_comment_on_a_file_is_given_back(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.faults.append(Fault("POST .*/comments", 422, body=REFUSED))
    unposted = github.forge.open_threads(change, [thread(change, "a.txt", None)], "One thing.")

    assert len(unposted) == 1
    assert github.pull(ref).threads == []


@pytest.mark.parametrize(
    ("threads_before", "error"),
    [pytest.param(0, TryLater, id="nothing is posted yet"), pytest.param(1, Unclear, id="a part is posted")],
)
def test_a_limit_says_whether_something_is_posted(
    github: GithubStage, change: Change, threads_before: int, error: type[TryLater]
) -> None:
    github.stand_in.faults.append(Fault("POST .*/comments", 429, {"Retry-After": "30"}, LIMITED))
    drafts = [thread(change, "b.txt", 2, "aaaaaaaa")] * threads_before + [thread(change, "a.txt", None)]
    with pytest.raises(TryLater) as waiting:
        github.forge.open_threads(change, drafts, "Some things.")

    assert type(waiting.value) is error


@pytest.mark.parametrize(
    ("line", "start", "expected"),
    [
        pytest.param(2, None, (None, 2), id="an added line"),
        pytest.param(5, None, (None, 5), id="a line around"),
        pytest.param(11, None, (None, None), id="a line between the hunks goes to the file"),
        pytest.param(20, 17, (17, 20), id="a range"),
        pytest.param(20, 20, (None, 20), id="start and end the same"),
        pytest.param(20, 2, (None, 20), id="a range across hunks goes to its last line"),
    ],
)
def test_no_anchor_is_sent_that_github_would_refuse(
    github: GithubStage,
    ref: ChangeRef,
    change: Change,
    line: int,
    start: int | None,
    expected: tuple[int | None, int | None],
) -> None:
    github.forge.open_threads(change, [thread(change, "a.txt", line, start=start)], "One thing.")

    assert anchors(github, ref) == [("a.txt", *expected)]


def test_a_refusal_because_the_head_moved_ends_the_attempt(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    refused = {"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}
    moved = Fault("/reviews", 422, body=refused, before=lambda: github.push(ref, BASE | {"a.txt": "new\n"}))
    github.stand_in.faults.append(moved)

    with pytest.raises(TryLater, match="moved"):
        github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")
    assert github.pull(ref).threads == []


@pytest.mark.parametrize(
    ("status", "headers", "body", "seconds"),
    [
        pytest.param(403, {"Retry-After": "30"}, LIMITED, 30, id="told how long"),
        pytest.param(429, {}, LIMITED, 60, id="not told how long"),
        pytest.param(
            422,
            {},
            {"message": "Validation Failed", "errors": [{"resource": "X", "code": "abuse"}]},
            60,
            id="abuse told as a validation error",
        ),
    ],
)
def test_limits_make_the_job_wait(
    github: GithubStage,
    ref: ChangeRef,
    change: Change,
    status: int,
    headers: dict[str, str],
    body: object,
    seconds: int,
) -> None:
    github.stand_in.faults.append(Fault("/reviews", status, headers, body))
    before = datetime.now(UTC)
    with pytest.raises(TryLater) as waiting:
        github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")

    assert abs(waiting.value.at - before - timedelta(seconds=seconds)) < timedelta(seconds=10)
    assert github.stand_in.asked("/reviews") == 1


def test_a_missing_permission_is_told(github: GithubStage, change: Change) -> None:
    body = {"message": "Resource not accessible by integration"}
    github.stand_in.faults.append(Fault("/reviews", 403, {}, body))

    with pytest.raises(NotAllowed, match="not accessible"):
        github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")


def test_a_body_too_long_is_cut_and_its_comment_kept(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    long = thread(change, "a.txt", 2)
    long = type(long)(long.path, long.line, long.start_line, "é" * 70_000, long.fingerprint)
    github.forge.open_threads(change, [long], "One thing.")

    assert len(github.pull(ref).threads) == 1


def test_fixed_threads_are_resolved_in_one_request(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    drafts = [thread(change, "a.txt", 2, "aaaaaaaa"), thread(change, "b.txt", 2, "bbbbbbbb")]
    github.forge.open_threads(change, drafts, "Two things.")
    threads = github.forge.change(ref).threads
    github.stand_in.requests.clear()
    github.forge.close_threads(change, [close_fixed(one, change.head) for one in threads])

    assert [one.resolved_by for one in github.pull(ref).threads] == [BOT, BOT]
    assert github.stand_in.requests == ["POST /graphql"]
    assert [one.is_closed_by_us for one in github.forge.change(ref).threads] == [True, True]


def test_where_resolving_is_not_allowed_the_comment_says_fixed(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.world.may_resolve = False
    github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")
    github.forge.close_threads(
        change, [close_fixed(one, change.head) for one in github.forge.change(ref).threads]
    )
    (closed,) = github.pull(ref).threads

    assert closed.comments[0].body.startswith(f"~~**Trouble at a.txt**~~ Fixed in {change.head[:7]}.")
    assert closed.comments[0].minimized == "RESOLVED"
    assert github.forge.change(ref).threads == ()


def test_a_right_that_vanished_meanwhile_ends_the_same_way(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")
    threads = github.forge.change(ref).threads
    github.stand_in.world.may_resolve = False
    github.forge.close_threads(change, [close_fixed(one, change.head) for one in threads])

    assert github.pull(ref).threads[0].comments[0].minimized == "RESOLVED"


def test_a_thread_people_answered_is_neither_resolved_nor_hidden(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.forge.open_threads(change, [thread(change, "a.txt", 2)], "One thing.")
    (posted,) = github.pull(ref).threads
    posted.comments.append(github.stand_in.world.comment("dev", "Are you sure?"))
    threads = github.forge.change(ref).threads
    github.forge.close_threads(change, [close_fixed(one, change.head) for one in threads])

    assert [one.has_replies for one in threads] == [True]
    assert (posted.resolved_by, posted.comments[0].minimized) == (None, None)
    assert "Fixed in" in posted.comments[0].body
