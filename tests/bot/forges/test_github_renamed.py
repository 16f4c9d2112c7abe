"""Repositories that were renamed: reached by their old name, in every way we ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.forges.base import ChangeRef, CommentRef, Level, Reaction, Request, Trigger
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.github_rounds import GithubRounds
from tests.bot.forges.drafts import everything, summary, thread
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in.server import private_key

OLD = "acme/before"


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    """A change whose webhook came before its repository was renamed."""
    github.stand_in.world.renamed[OLD] = github.repository.name
    github.repository.permissions["dev"] = "write"
    return replace(github.open_change({"a": "1\n"}, {"a": "2\n"}), repository=OLD)


def test_a_whole_review_lands(github: GithubStage, ref: ChangeRef) -> None:
    change = github.forge.change(ref)
    github.forge.trees(change, everything)
    github.forge.open_threads(change, [thread(change, "a", 1)], "A thing.")
    github.forge.publish_summary(change, summary())

    assert (len(github.pull(ref).reviews), len(github.repository.check_runs)) == (1, 1)
    assert github.stand_in.asked(f"/repos/{OLD}/") == 0


def test_a_read_follows(github: GithubStage, ref: ChangeRef) -> None:
    request = Request(ref, Trigger.COMMAND, actor="dev")

    assert github.forge.standing(request).level is Level.WRITE
    assert github.stand_in.asked(f"GET /repos/{OLD}/collaborators") == 1


def test_a_write_follows_and_is_done_once(github: GithubStage, ref: ChangeRef) -> None:
    request = Request(ref, Trigger.COMMAND, comment=CommentRef("5", "/recheck", "issue"))
    github.forge.react(request, Reaction.SEEN)

    assert github.repository.reactions == [("issues", 5, "eyes")]
    assert github.stand_in.asked(f"POST /repos/{OLD}/issues/comments/5/reactions") == 1


def test_an_unknown_installation_is_asked_for_by_the_old_name(github: GithubStage, ref: ChangeRef) -> None:
    assert github.forge.change(replace(ref, installation="")).is_open


def test_a_survey_finds_what_is_there_now(github: GithubStage, ref: ChangeRef) -> None:
    app = GithubApp(77, private_key(), Addresses(f"{github.stand_in.url}/api/v3"))
    (found,) = GithubRounds(app).unreviewed(replace(ref, number=0))

    assert found.request.change.repository == github.repository.name
