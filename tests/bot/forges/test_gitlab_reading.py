"""A merge request read, whatever the instance shows of it."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import Gone, NotAllowed, NotFound, TryLater
from bot.forges.base import ChangeRef, FileDiff
from bot.forges.gitlab import GitlabForge
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_instance import Instance
from bot.review.markers import marker
from tests.bot.forges.drafts import LINES, thread
from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_forge
from tests.bot.forges.gitlab_stand_in.world import BOT
from tests.bot.forges.stand_in.fault import Fault

BASE = {
    "Dockerfile": "FROM a\nRUN b\n",
    "gone.txt": "gone\n",
    "old.txt": LINES,
    "run.sh": "x\n",
    "pic": b"\0",
}
HEAD = {
    "Dockerfile": "FROM a\nRUN c\n",
    "new.txt": "come\n",
    "moved.txt": LINES,
    "run.sh": "x\n",
    "pic": b"\0\1",
}


def opened(gitlab: GitlabStage) -> ChangeRef:
    return gitlab.open_change(BASE, HEAD)


def test_every_file_is_told_with_its_diff(gitlab: GitlabStage) -> None:
    assert set(gitlab.forge.change(opened(gitlab)).files) == {
        FileDiff("Dockerfile", "modified", "@@ -1,2 +1,2 @@\n FROM a\n-RUN b\n+RUN c\n"),
        FileDiff("gone.txt", "removed", "@@ -1 +0,0 @@\n-gone\n"),
        FileDiff("moved.txt", "renamed", "", "old.txt"),
        FileDiff("new.txt", "added", "@@ -0,0 +1 @@\n+come\n"),
        FileDiff("pic", "modified", None),
    }


def test_a_collapsed_diff_shows_no_line(gitlab: GitlabStage) -> None:
    gitlab.stand_in.world.limits.patch_lines = 2
    files = {file.path: file.patch for file in gitlab.forge.change(opened(gitlab)).files}

    assert (files["Dockerfile"], files["new.txt"]) == (None, "@@ -0,0 +1 @@\n+come\n")


def test_hundreds_of_files_come_in_pages(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change({}, {f"{number}.txt": f"{number}\n" for number in range(230)})

    assert len(gitlab.forge.change(ref).files) == 230
    assert gitlab.stand_in.asked("/diffs") == 3


@pytest.mark.parametrize("has_graphql", [True, False], ids=["GraphQL", "REST"])
def test_files_that_are_not_listed_are_counted(gitlab: GitlabStage, has_graphql: bool) -> None:
    gitlab.stand_in.world.limits.has_graphql = has_graphql
    gitlab.stand_in.world.limits.files_listed = 2

    assert gitlab.forge.change(opened(gitlab)).files_left_out >= 1


def test_right_after_opening_there_is_nothing_yet(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.request(ref).is_prepared = False
    with pytest.raises(NotFound):
        gitlab.forge.change(ref)
    gitlab.request(ref).is_prepared = True

    assert gitlab.forge.change(ref).head == gitlab.request(ref).head


def test_a_closed_one_is_read_without_its_files(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.request(ref).state = "merged"
    gitlab.request(ref).is_prepared = False

    assert not gitlab.forge.change(ref).is_open
    assert gitlab.stand_in.asked("/diffs") == 0


def test_what_it_is(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.request(ref).is_draft = True
    gitlab.request(ref).labels = ["bug", "no-shipworthy"]
    change = gitlab.forge.change(ref)
    url = f"{gitlab.stand_in.url}/acme/shop/-/blob/{change.head}/a%20b#L3-L5"

    assert (change.title, change.author, change.base_branch) == ("A change", "dev1", "main")
    assert (change.is_draft, change.abilities.suggestions) == (True, "gitlab")
    assert isinstance(change, GitlabChange)
    assert (change.head_branch, change.labels) == ("feature", ("bug", "no-shipworthy"))
    assert change.permalink("a b", 3, 5) == url


@pytest.mark.parametrize("limit", ["has_graphql", "shows_discussions"])
def test_an_instance_that_refuses_the_query_tells_the_same(gitlab: GitlabStage, limit: str) -> None:
    ref = opened(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.forge.open_threads(change, [thread(change, "Dockerfile", 2), thread(change, "new.txt", 1)], "Two.")
    gitlab.stand_in.world.say(gitlab.request(ref), BOT, "by hand")
    gitlab.request(ref).labels = ["bug"]
    before = gitlab.forge.change(ref)
    setattr(gitlab.stand_in.world.limits, limit, False)

    assert gitlab_forge(gitlab.stand_in).change(ref) == dataclasses.replace(before, first_page=None)


def test_a_query_that_costs_too_much_is_not_asked_again(gitlab: GitlabStage) -> None:
    gitlab.stand_in.world.limits.complexity = 10
    ref = opened(gitlab)
    for _ in range(3):
        gitlab.forge.change(ref)

    assert gitlab.stand_in.asked("/graphql") == 1


def test_a_query_that_times_out_is_asked_again_next_time(gitlab: GitlabStage) -> None:
    gitlab.stand_in.faults.append(Fault("graphql", status=502))
    ref = opened(gitlab)
    for _ in range(2):
        assert gitlab.forge.change(ref).title == "A change"

    assert gitlab.stand_in.asked("/graphql") == 2


@pytest.mark.parametrize("has_graphql", [True, False], ids=["GraphQL", "REST"])
def test_a_renamed_project_is_found_by_its_old_name(gitlab: GitlabStage, has_graphql: bool) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.world.limits.has_graphql = has_graphql
    gitlab.stand_in.world.moved["acme/shop"] = gitlab.project
    gitlab.project.path = "acme/store"
    change = gitlab.forge.change(ref)
    gitlab.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One.")

    assert "/acme/store/-/blob/" in change.blob_url
    assert len(gitlab.request(ref).discussions) == 1


def test_a_redirect_to_elsewhere_is_not_followed(gitlab: GitlabStage) -> None:
    away = {"Location": "https://gitlab.example.com/login"}
    gitlab.stand_in.faults.append(Fault("GET .*/diffs", status=302, headers=away))

    with pytest.raises(TryLater):
        gitlab.forge.change(opened(gitlab))


def test_a_stranger_learns_nothing(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    with pytest.raises(Gone):
        gitlab.forge.change(dataclasses.replace(ref, repository="acme/secret"))
    with pytest.raises(NotAllowed, match="401"):
        GitlabForge(Client(Instance(gitlab.stand_in.url, "glpat-wrong"))).change(ref)


def test_a_limit_is_neither_waited_for_nor_tried_again(gitlab: GitlabStage) -> None:
    gitlab.stand_in.faults.append(Fault("graphql", status=429, headers={"Retry-After": "40"}, times=9))
    with pytest.raises(TryLater):
        gitlab.forge.change(opened(gitlab))

    assert gitlab.stand_in.requests == ["POST /graphql"]


def test_a_read_is_repeated_where_the_server_stumbles(gitlab: GitlabStage) -> None:
    gitlab.stand_in.faults.append(Fault("/diffs", status=503, times=2))

    assert len(gitlab.forge.change(opened(gitlab)).files) == 5


SAID = "Trouble\n\n" + marker("0badc0de", "some-rule", "0" * 40)


@pytest.mark.parametrize("has_graphql", [True, False], ids=["GraphQL", "REST"])
class TestConversations:
    def test_a_marker_in_somebody_elses_note_is_not_ours(
        self, gitlab: GitlabStage, has_graphql: bool
    ) -> None:
        gitlab.stand_in.world.limits.has_graphql = has_graphql
        ref = opened(gitlab)
        gitlab.stand_in.world.say(gitlab.request(ref), gitlab.stand_in.world.user("shipworthy"), SAID)

        assert gitlab.forge.change(ref).threads == ()

    def test_they_are_found_behind_hundreds_of_others(self, gitlab: GitlabStage, has_graphql: bool) -> None:
        gitlab.stand_in.world.limits.has_graphql = has_graphql
        ref = opened(gitlab)
        for number in range(250):
            gitlab.stand_in.world.say(gitlab.request(ref), BOT, f"note {number}", is_system=True)
        gitlab.stand_in.world.say(gitlab.request(ref), BOT, SAID)

        assert [one.fingerprint for one in gitlab.forge.change(ref).threads] == ["0badc0de"]

    def test_a_reply_counts_and_a_system_note_does_not(self, gitlab: GitlabStage, has_graphql: bool) -> None:
        gitlab.stand_in.world.limits.has_graphql = has_graphql
        world, ref = gitlab.stand_in.world, opened(gitlab)
        one, other = (world.say(gitlab.request(ref), BOT, SAID) for _ in range(2))
        one.notes += world.say(gitlab.request(ref), world.user("ann"), "changed this line", True).notes
        other.notes += world.say(gitlab.request(ref), BOT, "me again").notes
        other.notes += world.say(gitlab.request(ref), world.user("bob"), "no").notes

        assert [thread.has_replies for thread in gitlab.forge.change(ref).threads] == [False, True]

    def test_an_outdated_one_has_no_line(self, gitlab: GitlabStage, has_graphql: bool) -> None:
        gitlab.stand_in.world.limits.has_graphql = has_graphql
        ref = opened(gitlab)
        change = gitlab.forge.change(ref)
        for path in ("Dockerfile", "new.txt"):
            gitlab.forge.open_threads(change, [thread(change, path, 1)], "One.")
        gitlab.push(ref, {**HEAD, "new.txt": "other\n"})

        assert [(one.path, one.line) for one in gitlab.forge.change(ref).threads] == [
            ("Dockerfile", 1),
            ("new.txt", None),
        ]
