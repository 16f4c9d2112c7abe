"""GitLab as somebody else understood it: the same promises against the independent stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import NotAllowed, TryLater, Unclear
from bot.forges.base import (
    ChangeRef,
    CommentRef,
    Conclusion,
    Forge,
    Level,
    Reaction,
    Request,
    Standing,
    Summary,
    Trigger,
)
from bot.review.closing import close_fixed
from tests.bot.forges.drafts import LINES, dockerfiles, everything, summary, thread
from tests.bot.forges.gitlab_independent import IndependentGitlab, independent_gitlab

BEFORE = dockerfiles(40)
AFTER = {**BEFORE, **dockerfiles(30, "CMD b")}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[IndependentGitlab]:
    with independent_gitlab(tmp_path) as stage:
        yield stage


def review(forge: Forge, ref: ChangeRef, findings: int, *, is_first_try: bool = True) -> None:
    change = forge.change(ref)
    forge.trees(change, everything)
    known = {one.fingerprint for one in change.threads}
    found = [thread(change, f"service{n}/Dockerfile", 3, f"{n:08x}", start=2) for n in range(findings)]
    if fresh := [one for one in found if one.fingerprint not in known]:
        forge.open_threads(change, fresh, "Some things.", is_first_try=is_first_try)
    forge.publish_summary(change, summary())


def test_requests_cold_warm_and_after_a_push(other: IndependentGitlab) -> None:
    """That stand-in's GraphQL has no discussions: once an hour it says so, and the state takes two more."""
    ref = other.open_change(BEFORE, AFTER)
    counts = []
    for pushed, findings in ((None, 3), (None, 3), ({**AFTER, **dockerfiles(1, "CMD c")}, 4)):
        if pushed:
            other.push(ref, pushed)
        other.requests.clear()
        review(other.forge, ref, findings)
        counts.append(len(other.requests))

    cold = ["GraphQL", "state", "user", "discussions", "diffs", "tree", "contents"]
    said = ["three drafts", "are", "made", "publishing", "note", "status"]
    assert counts == [len([*cold, *said]), 4, 5]


@pytest.mark.parametrize(
    ("path", "line", "start"),
    [
        ("a.txt", 5, None),
        ("a.txt", 3, None),
        ("a.txt", 6, 4),
        ("a.txt", 8, 5),
        ("moved.txt", 9, 7),
        ("new.txt", 2, 1),
        ("new.txt", None, None),
        ("moved.txt", None, None),
    ],
)
@pytest.mark.parametrize("companions", [0, 1], ids=["alone", "as a draft"])
def test_every_place_is_taken(
    other: IndependentGitlab, path: str, line: int | None, start: int | None, companions: int
) -> None:
    head = {
        "a.txt": LINES.replace("line 5\n", "line five\nand a half\n"),
        "moved.txt": LINES.replace("line 9\n", "line nine\n"),
        "new.txt": "one\ntwo\n",
    }
    ref = other.open_change({"a.txt": LINES, "old.txt": LINES}, head)
    change = other.forge.change(ref)
    companion = thread(change, "new.txt", 1, "1111111c")
    threads = [thread(change, path, line, start=start), *[companion] * companions]

    assert other.forge.open_threads(change, threads, "Some.") == []
    first = other.posted(ref)["threads"][0]
    assert (first["path"], first["line"], first["type"]) == (path, line, "text" if line else "file")
    assert other.world.log.violations == []


@pytest.mark.parametrize("kind", ["lost", "lost_502"])
@pytest.mark.parametrize("place", ["draft_notes", "draft_notes/bulk_publish", "notes", "statuses/[0-9a-f]+"])
def test_lost_answers_double_nothing(other: IndependentGitlab, kind: str, place: str) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.world.faults.add(kind, match=f"^POST .*/{place}$", count=1)
    review(other.forge, ref, 3)

    posted = other.posted(ref)
    assert (len(posted["threads"]), len(posted["notes"]), posted["drafts"]) == (3, 1, [])
    assert [one["history"] for one in other.world.gl.statuses(other.project)] == [["success"]]


@pytest.mark.parametrize("kind", ["secondary", "status", "reset", "truncate"])
@pytest.mark.parametrize("place", ["draft_notes", "draft_notes/bulk_publish"])
def test_what_went_wrong_once_is_tried_later_and_then_done(
    other: IndependentGitlab, kind: str, place: str
) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.world.faults.add(kind, match=f"^POST .*/{place}$", count=1)
    try:
        review(other.forge, ref, 3)
    except TryLater as reason:
        # After any other end there is nothing left behind, and the core may say so.
        review(other.forge, ref, 3, is_first_try=not isinstance(reason, Unclear))

    assert (len(other.posted(ref)["threads"]), other.posted(ref)["drafts"]) == (3, [])


def test_a_long_summary_is_taken(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.forge.publish_summary(other.forge.change(ref), summary("🐳" * 16_000))

    assert len(other.posted(ref)["notes"][0]["body"]) > 16_000


def test_the_status_moves_as_gitlab_allows(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    for conclusion in (Conclusion.FAILURE, Conclusion.FAILURE, Conclusion.SUCCESS, Conclusion.SUCCESS):
        other.forge.publish_summary(other.forge.change(ref), Summary(conclusion, "A title", "A body"))
    told = other.world.gl.statuses(other.project, other.forge.change(ref).head)

    assert [(one["name"], one["status"], one["ref"]) for one in told][-1] == (
        "shipworthy",
        "success",
        "feature",
    )


def test_what_is_fixed_is_resolved(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    review(other.forge, ref, 2)
    change = other.forge.change(ref)
    other.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

    assert [one.is_closed_by_us for one in other.forge.change(ref).threads] == [True, True]


def test_what_a_person_answered_stays_open(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    review(other.forge, ref, 1)
    discussion = next(one for one in other.request(ref).discussions if one.resolvable)
    other.world.gl.reply(discussion, other.dev, "but why")
    change = other.forge.change(ref)
    other.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

    assert not discussion.resolved
    assert discussion.notes[0].body.startswith("~~")


def test_a_missing_permission_is_told(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    change = other.forge.change(ref)
    other.world.gl.member(other.project, "shipworthy", 20)

    with pytest.raises(NotAllowed):
        other.forge.publish_summary(change, summary())
    other.world.log.clear()


def test_a_fork_is_read_and_answered(other: IndependentGitlab) -> None:
    other.open_change(BEFORE, AFTER)
    hands = other.world.gl
    fork = hands.fork(other.project, "stranger")
    user = hands.user("stranger")
    hands.push(fork, "theirs", {"Dockerfile": "FROM a\nRUN b\n"}, user=user)
    opened = hands.open_mr(other.project, "theirs", user, source=fork)
    theirs = other.ref(opened)
    change = other.forge.change(theirs)
    _, head = other.forge.trees(change, everything)
    other.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One thing.")
    other.forge.publish_summary(change, summary())

    assert head.read(["Dockerfile"]) == {"Dockerfile": b"FROM a\nRUN b\n"}
    assert [one["line"] for one in hands.posted(opened)["threads"]] == [2]
    assert len(hands.statuses(other.project, change.head)) == 1


def test_comments_are_answered_by_permission(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    hands = other.world.gl
    reader = hands.member(other.project, "reader", 10)
    note = hands.note(other.request(ref), reader, "/recheck")
    asked = Request(
        ref, Trigger.COMMAND, "reader", comment=CommentRef(str(note.id), "", "note"), actor_id=str(reader.id)
    )
    for _ in range(2):
        other.forge.react(asked, Reaction.SEEN)
        other.forge.reply(asked, "It means this.\n\n<!-- answer 1 -->")

    assert [one["name"] for one in note.emoji] == ["eyes"]
    assert [one["body"] for one in other.posted(ref)["notes"]] == ["It means this.\n\n<!-- answer 1 -->"]
    assert other.forge.standing(asked) == Standing(Level.READ)


def test_a_renamed_project_is_found(other: IndependentGitlab) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.world.gitlab.redirects["acme/shop"] = other.project
    other.project.path = "store"
    review(other.fresh_forge(), ref, 1)

    assert len(other.posted(ref)["threads"]) == 1
