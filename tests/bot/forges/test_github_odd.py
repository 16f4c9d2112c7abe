"""Changes that are large or odd: what the adapter tells of them, and where they can be spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.forges.base import ChangeRef
from bot.forges.github_events import read_event
from bot.review.diff import parse_patch
from tests.bot.forges.drafts import LINES, dockerfiles, everything, thread
from tests.bot.forges.github_payloads import payload
from tests.bot.forges.stages import GithubStage

LONG = "line\n" * 4_500
MODULE = "Subproject commit {}\n"


def propose(
    github: GithubStage, base: Mapping[str, str | bytes], head: Mapping[str, str | bytes]
) -> ChangeRef:
    world = github.stand_in.world
    first = world.commit(github.repository, base)
    pull = world.pull(github.repository, first, world.commit(github.repository, head, first))
    return ChangeRef("github", github.repository.name, pull.number, str(world.installation))


class TestMissingPatches:
    """Of the three kinds only the first can be helped."""

    @pytest.mark.parametrize("count", [30, 310], ids=["fewer than a comparison has", "more"])
    def test_lost_in_a_long_answer_they_are_asked_for_in_smaller_ones(
        self, github: GithubStage, count: int
    ) -> None:
        long = {f"{number:03}.txt": LONG for number in range(8)} | dockerfiles(count)
        change = github.forge.change(propose(github, {"a": "1\n"}, {"a": "1\n", **long}))

        assert [file.path for file in change.files if file.patch is None] == []
        assert (len(change.files), change.files_left_out) == (count + 8, 0)
        assert github.stand_in.asked("/pulls/1/files") < 15

    def test_a_change_of_nothing_else_is_not_asked_for_without_end(self, github: GithubStage) -> None:
        github.stand_in.world.patch_lines = 10_500
        endless = {f"{number:04}.txt": "line\n" * 2_600 for number in range(310)}
        change = github.forge.change(propose(github, {"a": "1\n"}, {"a": "1\n", **endless}))

        assert (len(change.files), change.files_left_out) == (310, 0)
        assert github.stand_in.asked("/pulls/1/files") <= 64

    @pytest.mark.parametrize(
        "content",
        [pytest.param(b"FROM a\0\n", id="binary"), pytest.param(b"# x\n" * 200_000, id="too large")],
    )
    def test_what_has_none_is_read_all_the_same_and_no_line_of_it_is_shown(
        self, github: GithubStage, content: bytes
    ) -> None:
        change = github.forge.change(propose(github, {"a": "1\n"}, {"a": "1\n", "Dockerfile": content}))
        _, head = github.forge.trees(change, everything)

        assert [(file.path, file.patch) for file in change.files] == [("Dockerfile", None)]
        assert head.read(["Dockerfile"]) == {"Dockerfile": content}
        assert github.stand_in.asked("/pulls/1/files") == 0


class TestSubmodules:
    def test_they_are_no_files(self, github: GithubStage) -> None:
        before = {"a": "1\n", "libs/one": MODULE.format("1" * 40), "libs/two": MODULE.format("2" * 40)}
        after = {"a": "1\n", "libs/one": MODULE.format("3" * 40), "libs/new": MODULE.format("4" * 40)}
        change = github.forge.change(propose(github, before, after))
        base, head = github.forge.trees(change, everything)

        assert {file.path for file in change.files} == {"libs/one", "libs/two", "libs/new"}
        assert set(head.tree) == {"a"}
        assert base.read(base.tree) == head.read(head.tree) == {"a": b"1\n"}

    def test_a_push_that_moves_one_reads_nothing_of_it(self, github: GithubStage) -> None:
        files = {"a": "1\n", "libs/one": MODULE.format("1" * 40)}
        ref = propose(github, files, {**files, "a": "2\n"})
        github.forge.trees(github.forge.change(ref), everything)
        github.push(ref, {"a": "2\n", "libs/one": MODULE.format("5" * 40)})
        _, head = github.forge.trees(github.forge.change(ref), everything)

        assert head.read(head.tree) == {"a": b"2\n"}


def test_a_folder_that_becomes_a_submodule_takes_its_files_along(github: GithubStage) -> None:
    before, after = {"libs/one/Dockerfile": "FROM a\n"}, {"libs/one": MODULE.format("1" * 40)}
    base, head = github.forge.trees(github.forge.change(propose(github, before, after)), everything)

    assert (set(base.tree), set(head.tree)) == ({"libs/one/Dockerfile"}, set())


def test_a_renamed_and_edited_file_is_spoken_of_by_its_new_name(github: GithubStage) -> None:
    ref = propose(github, {"old": LINES}, {"new": LINES.replace("line 5\n", "line five\n")})
    change = github.forge.change(ref)
    (file,) = change.files
    github.forge.open_threads(change, [thread(change, "new", 5), thread(change, "old", 5)], "Two things.")

    assert (file.path, file.previous_path, file.status) == ("new", "old", "renamed")
    assert [(one.path, one.line) for one in github.pull(ref).threads] == [("new", 5)]


class TestLineEnds:
    def test_carriage_returns_move_no_line(self, github: GithubStage) -> None:
        before = LINES.replace("\n", "\r\n")
        ref = propose(github, {"a": before}, {"a": before.replace("line 7\r", "line seven\r")})
        change = github.forge.change(ref)
        diff = parse_patch(change.files[0].patch)
        github.forge.open_threads(change, [thread(change, "a", 7, start=6)], "One thing.")

        assert [line for hunk in diff.hunks for line in hunk.added] == [7]
        assert [(one.start_line, one.line) for one in github.pull(ref).threads] == [(6, 7)]

    @pytest.mark.parametrize(
        ("before", "after", "added"),
        [
            pytest.param("1\n2", "1\n2\n3", [2, 3], id="a line after a last one without an end"),
            pytest.param("1\n2", "1\n2\n", [2], id="the end itself"),
            pytest.param("1\n2\n", "1\n2", [2], id="the end taken away"),
            pytest.param("1\n2", "0\n2", [1], id="another line"),
        ],
    )
    def test_no_end_at_the_end_of_the_file_is_no_line(
        self, github: GithubStage, before: str, after: str, added: list[int]
    ) -> None:
        ref = propose(github, {"a": before}, {"a": after})
        change = github.forge.change(ref)
        diff = parse_patch(change.files[0].patch)
        github.forge.open_threads(change, [thread(change, "a", line) for line in (2, 9)], "Things.")

        assert "\\ No newline at end of file" in (change.files[0].patch or "")
        assert [line for hunk in diff.hunks for line in hunk.added] == added
        assert [one.line for one in github.pull(ref).threads] == [2, None]


def test_an_empty_change_has_no_files(github: GithubStage) -> None:
    world, repository = github.stand_in.world, github.repository
    commit = world.commit(repository, {"a": "1\n"})
    pull = world.pull(repository, commit, commit)
    change = github.forge.change(ChangeRef("github", repository.name, pull.number, "9"))
    base, head = github.forge.trees(change, everything)

    assert (change.files, change.files_left_out) == ((), 0)
    assert base.read(base.tree) == head.read(head.tree) == {"a": b"1\n"}


def test_thousands_of_commits_on_either_side_cost_nothing(github: GithubStage) -> None:
    world, repository = github.stand_in.world, github.repository
    start = world.commit(repository, {"a": "1\n"})
    theirs, ours = start, start
    for number in range(3_000):
        theirs = world.commit(repository, {"a": "1\n", "b": f"{number}\n"}, theirs)
    for number in range(300):
        ours = world.commit(repository, {"a": f"{number}\n"}, ours)
    pull = world.pull(repository, theirs, ours)
    change = github.forge.change(ChangeRef("github", repository.name, pull.number, "9"))
    base, head = github.forge.trees(change, everything)

    assert (change.base, [file.path for file in change.files]) == (start, ["a"])
    assert (base.read(base.tree), head.read(head.tree)) == ({"a": b"1\n"}, {"a": b"299\n"})
    assert len(github.stand_in.requests) == 5


def test_a_fork_that_is_deleted_is_no_hindrance(github: GithubStage) -> None:
    ref = propose(github, {"a": "1\n"}, {"a": "2\n"})
    github.pull(ref).author = ""
    told = payload("pull_request.synchronize")
    told["pull_request"]["head"] |= {"repo": None, "user": None, "label": "unknown:theirs"}
    request = read_event("pull_request", told, 77)
    change = github.forge.change(ref)
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")

    assert request is not None
    assert change.author == ""
    assert len(github.pull(ref).threads) == 1


def test_a_change_that_cannot_be_named_in_one_way_is_one_in_all(github: GithubStage) -> None:
    """The old name and the new one of a repository are asked for the same."""
    ref = propose(github, {"a": "1\n"}, {"a": "2\n"})
    github.stand_in.world.renamed["acme/before"] = github.repository.name

    assert github.forge.change(replace(ref, repository="acme/before")).files == github.forge.change(ref).files
