"""What the adapter finds when it looks around by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Gone, NotFound, OverBudget
from bot.forges.base import ChangeRef
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.github_pace import Allowance, Pace
from bot.forges.github_permissions import NEEDED
from bot.forges.github_rounds import RECENT, GithubRounds
from tests.bot.forges.drafts import summary
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import PullRequest
from tests.bot.forges.stand_in.server import private_key

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=30)
PLACE = ChangeRef("github", "", 0, "9")
ONE = ChangeRef("github", "acme/shop", 0, "9")

Change = Callable[[GithubStage, PullRequest], None]


def rounds(github: GithubStage, create_pace: Callable[[str], Pace] | None = None) -> GithubRounds:
    addresses = Addresses(f"{github.stand_in.url}/api/v3")
    return GithubRounds(GithubApp(77, private_key(), addresses, create_pace=create_pace))


def propose(github: GithubStage, files: str = "2\n", name: str = "acme/shop") -> PullRequest:
    """A pull request touched two hours ago."""
    world = github.stand_in.world
    repository = world.repository(name)
    first = world.commit(repository, {"a": "1\n"})
    pull = world.pull(repository, first, world.commit(repository, {"a": files}, first))
    pull.touched_at = NOW - timedelta(hours=2)
    return pull


def heads(github: GithubStage, place: ChangeRef = PLACE, branch: str = "") -> list[str]:
    return [one.request.head for one in rounds(github).unreviewed(place, branch)]


def test_installations_are_places_but_not_suspended_ones(github: GithubStage) -> None:
    world = github.stand_in.world
    world.installations |= {11, 12}
    world.suspended = {11}

    assert rounds(github).places() == [PLACE, ChangeRef("github", "", 0, "12")]


def test_many_installations_are_read_page_by_page(github: GithubStage) -> None:
    github.stand_in.world.installations = set(range(1, 251))

    assert len(rounds(github).places()) == 250
    assert github.stand_in.asked("GET /app/installations") == 3


def finish(github: GithubStage, pull: PullRequest) -> None:
    change = github.forge.change(ChangeRef("github", "acme/shop", pull.number, "9"))
    github.forge.publish_summary(change, summary())


def begin(github: GithubStage, pull: PullRequest) -> None:
    finish(github, pull)
    for run in github.repository.check_runs.values():
        run["status"] = "in_progress"


def push(github: GithubStage, pull: PullRequest) -> None:
    finish(github, pull)
    github.stand_in.world.push(github.repository, pull, {"a": "3\n"})


def check_another(github: GithubStage, pull: PullRequest) -> None:
    finish(github, pull)
    for run in github.repository.check_runs.values():
        run["external_id"] = f"acme/shop#99@{pull.head}"


def nothing(github: GithubStage, pull: PullRequest) -> None:
    """As it was proposed."""


def close(github: GithubStage, pull: PullRequest) -> None:
    pull.state = "CLOSED"


def forget(github: GithubStage, pull: PullRequest) -> None:
    pull.touched_at = NOW - RECENT - timedelta(hours=1)


def archive(github: GithubStage, pull: PullRequest) -> None:
    github.repository.is_archived = True


def rename(github: GithubStage, pull: PullRequest) -> None:
    finish(github, pull)
    for run in github.repository.check_runs.values():
        run["external_id"] = run["external_id"].replace("acme/shop", "acme/before")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(finish, id="reviewed"),
        pytest.param(rename, id="reviewed under another name of the repository"),
        pytest.param(close, id="closed"),
        pytest.param(forget, id="left alone for weeks"),
        pytest.param(archive, id="in an archive"),
    ],
)
def test_lacks_nothing(github: GithubStage, change: Change) -> None:
    change(github, propose(github))

    assert heads(github) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(nothing, id="never reviewed"),
        pytest.param(push, id="pushed to since"),
        pytest.param(begin, id="its check was never finished"),
        pytest.param(check_another, id="the head was checked for another change"),
    ],
)
@pytest.mark.parametrize("place", [PLACE, ONE], ids=["an installation", "a repository"])
def test_lacks_a_review(github: GithubStage, change: Change, place: ChangeRef) -> None:
    pull = propose(github)
    touched = pull.touched_at = (NOW - timedelta(hours=2)).replace(microsecond=0)
    change(github, pull)
    (found,) = rounds(github).unreviewed(place)

    assert found.request.change == ChangeRef("github", "acme/shop", pull.number, "9")
    assert (found.request.head, found.touched_at) == (pull.head, touched)


def test_other_installations_are_none_of_its_business(github: GithubStage) -> None:
    github.stand_in.world.repository("other/shop").installation = 12
    github.stand_in.world.installations.add(12)
    theirs, ours = propose(github, name="other/shop"), propose(github)

    assert heads(github) == [ours.head]
    assert heads(github, ChangeRef("github", "", 0, "12")) == [theirs.head]


def test_all_onto_a_branch_are_meant_reviewed_or_not(github: GithubStage) -> None:
    reviewed, old, other = (propose(github, f"{number}\n") for number in range(2, 5))
    finish(github, reviewed)
    old.touched_at, other.base_branch = LONG_AGO, "release"

    assert sorted(heads(github, ONE, "main")) == sorted([reviewed.head, old.head])


def test_an_installation_costs_few_requests_however_many_repositories(github: GithubStage) -> None:
    for number in range(130):
        github.stand_in.world.repository(f"acme/quiet{number}")
    for number in range(45):
        propose(github, name=f"acme/busy{number}")

    assert len(heads(github)) == 45
    assert github.stand_in.asked("GET /installation/repositories") == 2
    assert github.stand_in.asked("/graphql") == math.ceil(45 / 20) + 1


def test_a_suspended_installation_is_gone(github: GithubStage) -> None:
    github.stand_in.world.suspended = {9}

    with pytest.raises(Gone, match="suspended"):
        heads(github)


def test_a_survey_is_not_begun_without_room(github: GithubStage) -> None:
    reset = int((datetime.now(UTC) + timedelta(minutes=9)).timestamp())
    github.stand_in.headers = {"X-RateLimit-Remaining": "49", "X-RateLimit-Reset": str(reset)}
    propose(github)
    poor = rounds(github, lambda number: Pace(Allowance(0)))
    poor.unreviewed(PLACE)
    asked = len(github.stand_in.requests)

    with pytest.raises(OverBudget) as told:
        poor.unreviewed(PLACE)
    assert (told.value.at.timestamp(), len(github.stand_in.requests)) == (reset, asked)


@pytest.mark.parametrize(
    ("event", "statuses", "minutes"),
    [
        pytest.param("pull_request", ["OK"], 2, id="arrived"),
        pytest.param("pull_request", ["timed out", "OK"], 2, id="arrived when sent again"),
        pytest.param("pull_request", ["OK", "timed out"], 2, id="was sent again though it had arrived"),
        pytest.param("star", ["timed out"], 2, id="is not for us"),
        pytest.param("pull_request", ["timed out"], 90, id="is older than was asked for"),
    ],
)
def test_is_not_missed(github: GithubStage, event: str, statuses: list[str], minutes: float) -> None:
    for status in statuses:
        github.stand_in.world.hook.miss(event, b"{}", "a", status, minutes)

    assert rounds(github).missed(NOW - timedelta(hours=1)) == []


@pytest.mark.parametrize("status", ["failed to connect to host", "timed out", "Invalid HTTP Response: 503"])
def test_is_missed_whatever_went_wrong(github: GithubStage, status: str) -> None:
    hook = github.stand_in.world.hook
    first, last = (hook.miss("pull_request", b"{}", "a", status, minutes) for minutes in (30, 20))
    (missed,) = rounds(github).missed(NOW - timedelta(hours=1))

    assert (missed.guid, missed.id) == ("a", str(last.id))
    assert missed.delivered_at == first.delivered_at.replace(microsecond=0)


def test_missed_ones_are_read_page_by_page_back_to_the_mark_and_no_further(github: GithubStage) -> None:
    hook = github.stand_in.world.hook
    tries = [hook.miss("pull_request", b"{}", f"g{number}", minutes=350 - number) for number in range(350)]
    missed = rounds(github).missed(tries[200].delivered_at - timedelta(seconds=30))

    assert [missed[0].guid, missed[-1].guid] == ["g200", "g349"]
    assert github.stand_in.asked("GET /app/hook/deliveries") == 2


def test_sending_again_keeps_the_name(github: GithubStage) -> None:
    hook = github.stand_in.world.hook
    hook.miss("pull_request", b"{}", "a")
    looking = rounds(github)
    (missed,) = looking.missed(NOW - timedelta(hours=1))
    looking.resend(missed)

    assert [(one.guid, one.is_redelivery) for one in hook.deliveries] == [("a", False), ("a", True)]
    assert looking.missed(NOW - timedelta(hours=1)) == []


def test_what_was_forgotten_cannot_be_sent_again(github: GithubStage) -> None:
    github.stand_in.world.hook.miss("pull_request", b"{}", "a")
    looking = rounds(github)
    (missed,) = looking.missed(NOW - timedelta(hours=1))
    github.stand_in.world.hook.deliveries.clear()

    with pytest.raises(NotFound):
        looking.resend(missed)


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        pytest.param({}, [], id="all that is needed"),
        pytest.param({"contents": "write", "checks": "admin"}, [], id="more than is needed"),
        pytest.param({"checks": "read"}, ["checks: write"], id="less"),
        pytest.param({"merge_queues": None}, ["merge_queues: read"], id="nothing of what is new"),
    ],
)
def test_what_an_installation_lacks_is_told(
    github: GithubStage, granted: dict[str, str | None], told: list[str]
) -> None:
    github.stand_in.world.permissions = {**NEEDED, **granted}
    found = rounds(github).ailments(NOW)

    assert [one.words.split(" granted ")[1].split(";")[0] for one in found] == told
    assert not any(one.is_fatal for one in found)


def test_a_key_that_github_refuses_is_told(github: GithubStage) -> None:
    addresses = Addresses(f"{github.stand_in.url}/api/v3")
    (found,) = GithubRounds(GithubApp(1, private_key(), addresses)).ailments(NOW)

    assert (found.code, found.at, found.is_fatal) == ("token_refused", NOW, True)
