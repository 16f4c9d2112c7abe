"""The rounds in front of the stand-in that somebody else wrote, where it is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import Gone
from bot.forges.base import ChangeRef
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.github_rounds import GithubRounds
from tests.bot.forges.drafts import summary
from tests.bot.forges.independent import IndependentStage, independent_stage

SINCE = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[IndependentStage]:
    with independent_stage(tmp_path) as one:
        yield one


@pytest.fixture
def rounds(stage: IndependentStage) -> GithubRounds:
    addresses = Addresses(api=f"{stage.world.github_server.url}/api/v3")
    return GithubRounds(GithubApp(stage.app.id, stage.app.private_key, addresses))


def place(stage: IndependentStage, repository: str = "") -> ChangeRef:
    return ChangeRef("github", repository, 0, str(stage.installation.id))


def test_installations_are_places_until_suspended(stage: IndependentStage, rounds: GithubRounds) -> None:
    assert rounds.places() == [place(stage)]
    stage.world.gh.suspend(stage.installation)
    assert rounds.places() == []
    with pytest.raises(Gone):
        rounds.unreviewed(place(stage))


@pytest.mark.parametrize("repository", ["", "acme/shop"])
def test_a_head_without_our_check_is_found_until_it_has_one(
    stage: IndependentStage, rounds: GithubRounds, repository: str
) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "2\n"})
    where = place(stage, repository)
    (found,) = rounds.unreviewed(where)
    assert (found.request.change, found.request.head) == (ref, stage.pull(ref).head_sha)
    stage.forge.publish_summary(stage.forge.change(ref), summary())
    assert rounds.unreviewed(where) == []
    assert [one.request.change for one in rounds.unreviewed(where, "main")] == [ref]
    assert rounds.unreviewed(where, "release") == []


def test_what_could_not_be_delivered_is_missed_and_sent_again(
    stage: IndependentStage, rounds: GithubRounds
) -> None:
    stage.open_change({"a": "1\n"}, {"a": "2\n"})
    missed = rounds.missed(SINCE)
    assert missed
    before = len(stage.world.github.hooks.deliveries)
    rounds.resend(missed[0])
    tries = stage.world.github.hooks.deliveries[before:]
    assert [(one["guid"], one["redelivery"]) for one in tries] == [(missed[0].guid, True)]
