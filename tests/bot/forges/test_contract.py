"""What every forge must do, whatever it is made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

import pytest

from analyzers.files import Blob
from bot.errors import Gone
from bot.forges.base import FileDiff
from bot.review.closing import close_fixed
from tests.bot.forges.drafts import LINES, everything, summary, thread
from tests.bot.forges.stages import Stage

BASE = {"Dockerfile": "FROM a\nRUN b\n", "go.mod": "module m\n", "old.txt": "gone\n", "a/from.txt": LINES}
HEAD = {
    "Dockerfile": "FROM a\nRUN c\n",
    "go.mod": "module m\n",
    "new.txt": "come\n",
    "a/to.txt": LINES + "x\n",
}


def test_a_change_nobody_opened_is_gone(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)

    with pytest.raises(Gone):
        stage.forge.change(stage.unknown(ref))


def test_a_closed_change_says_so(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    stage.close(ref)

    assert not stage.forge.change(ref).is_open


def test_a_fresh_change_has_no_threads(stage: Stage) -> None:
    change = stage.forge.change(stage.open_change(BASE, HEAD))

    assert (change.is_open, change.is_draft, change.threads) == (True, False, ())


def test_files_are_told_with_what_became_of_them(stage: Stage) -> None:
    files = stage.forge.change(stage.open_change(BASE, HEAD)).files

    assert {(file.path, file.status, file.previous_path) for file in files} == {
        ("Dockerfile", "modified", ""),
        ("old.txt", "removed", ""),
        ("new.txt", "added", ""),
        ("a/to.txt", "renamed", "a/from.txt"),
    }


def test_patches_are_hunks_without_a_file_header(stage: Stage) -> None:
    files = stage.forge.change(stage.open_change(BASE, HEAD)).files

    assert FileDiff("Dockerfile", "modified", "@@ -1,2 +1,2 @@\n FROM a\n-RUN b\n+RUN c") in [
        dataclasses.replace(file, patch=(file.patch or "").rstrip("\n")) for file in files
    ]


def test_both_trees_are_read_as_they_were(stage: Stage) -> None:
    base, head = stage.forge.trees(stage.forge.change(stage.open_change(BASE, HEAD)), everything)

    assert {path: content.decode() for path, content in base.read(base.tree).items()} == BASE
    assert {path: content.decode() for path, content in head.read(head.tree).items()} == HEAD


def test_what_was_not_wanted_can_still_be_read(stage: Stage) -> None:
    base, _ = stage.forge.trees(stage.forge.change(stage.open_change(BASE, HEAD)), lambda tree, touched: [])

    assert base.read(["Dockerfile", "no such file"]) == {"Dockerfile": b"FROM a\nRUN b\n"}


def test_what_did_not_change_has_the_same_id_on_both_sides(stage: Stage) -> None:
    base, head = stage.forge.trees(stage.forge.change(stage.open_change(BASE, HEAD)), everything)

    assert base.tree["go.mod"].id == head.tree["go.mod"].id
    assert base.tree["Dockerfile"].id != head.tree["Dockerfile"].id


def test_the_touched_paths_include_old_names(stage: Stage) -> None:
    seen: list[set[str]] = []

    def look(tree: Mapping[str, Blob], touched: Collection[str]) -> list[str]:
        seen.append(set(touched))
        return []

    stage.forge.trees(stage.forge.change(stage.open_change(BASE, HEAD)), look)

    assert {"Dockerfile", "old.txt", "new.txt", "a/to.txt", "a/from.txt"} in seen


def test_what_was_posted_is_read_back(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    change = stage.forge.change(ref)
    unposted = stage.forge.open_threads(change, [thread(change, "Dockerfile", 2, "aaaaaaaa")], "One thing.")
    (read,) = stage.forge.change(ref).threads

    assert not unposted
    assert (read.path, read.line, read.fingerprint, read.rule, read.head, read.is_resolved) == (
        "Dockerfile",
        2,
        "aaaaaaaa",
        "some-rule",
        change.head,
        False,
    )


def test_a_rewritten_line_leaves_the_thread_where_it_was_begun(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One thing.")
    stage.push(ref, {**HEAD, "Dockerfile": "FROM a\nRUN d\n"})

    assert [(read.line, read.first_line) for read in stage.forge.change(ref).threads] == [(None, 2)]


def test_nobody_has_voted_by_themselves(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One thing.")

    assert [(vote.up, vote.down) for vote in stage.forge.votes(ref) if vote.up or vote.down] == []


def test_a_comment_on_a_file_is_read_back_without_line(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "Dockerfile", None)], "One thing.")

    assert [(read.path, read.line) for read in stage.forge.change(ref).threads] == [("Dockerfile", None)]


def test_a_closed_thread_is_not_open_any_more(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One thing.")
    change = stage.forge.change(ref)
    stage.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

    assert [read for read in stage.forge.change(ref).threads if not read.is_resolved] == []


def test_publishing_again_replaces_the_summary(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    stage.forge.publish_summary(stage.forge.change(ref), summary("First."))
    stage.forge.publish_summary(stage.forge.change(ref), summary("Second."))

    assert stage.summaries(ref) == ["Second."]


def test_a_second_review_reads_the_new_head(stage: Stage) -> None:
    ref = stage.open_change(BASE, HEAD)
    stage.forge.trees(stage.forge.change(ref), everything)
    pushed = {"Dockerfile": "FROM a\nRUN d\n", "go.mod": "module m\n", "old.txt": "gone\n", "more": "1\n"}
    stage.push(ref, pushed)
    base, head = stage.forge.trees(stage.forge.change(ref), everything)

    assert {path: content.decode() for path, content in base.read(base.tree).items()} == BASE
    assert {path: content.decode() for path, content in head.read(head.tree).items()} == pushed
