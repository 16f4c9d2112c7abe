"""What a pull request is told by, beside its files: labels, branch, author, and how its head came to be."""

from __future__ import annotations

import pytest

from bot.forges.base import ChangeRef
from tests.bot.forges.stages import GithubStage


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    return github.open_change({"Dockerfile": "FROM a\n"}, {"Dockerfile": "FROM b\n"})


def test_a_plain_change(github: GithubStage, ref: ChangeRef) -> None:
    change = github.forge.change(ref)

    assert (change.author, change.is_by_bot, change.labels) == ("dev", False, ())
    assert (change.head_branch, change.ends_in_merge) == ("feature", False)


def test_labels_are_read(github: GithubStage, ref: ChangeRef) -> None:
    github.pull(ref).labels += ["bug", "no-shipworthy"]

    assert github.forge.change(ref).labels == ("bug", "no-shipworthy")


def test_a_bot_is_known_by_its_kind_and_named_as_people_write_it(github: GithubStage, ref: ChangeRef) -> None:
    github.pull(ref).author = "renovate[bot]"
    change = github.forge.change(ref)

    assert (change.author, change.is_by_bot) == ("renovate[bot]", True)


def test_a_head_that_merges_is_known(github: GithubStage, ref: ChangeRef) -> None:
    pull, world = github.pull(ref), github.stand_in.world
    main = world.commit(github.repository, {"other": "1\n"}, pull.base)
    files = github.repository.commits[pull.head].files
    pull.head = world.commit(github.repository, files, pull.head, merged=(main,))

    assert github.forge.change(ref).ends_in_merge
