"""Keys, tokens and addresses."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import Gone, Misconfigured, NotAllowed, NotFound
from bot.forges.base import ChangeRef
from bot.forges.github_app import Addresses, GithubApp
from tests.bot.forges.drafts import everything, summary, thread
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.server import private_key


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    return github.open_change({"a": "1\n"}, {"a": "2\n"})


@pytest.mark.parametrize(
    ("app_id", "key"), [("77", "no key"), ("77", ""), ("Iv23abc", private_key())], ids=["text", "empty", "id"]
)
def test_wrong_credentials_show_at_the_start(app_id: str, key: str) -> None:
    with pytest.raises(Misconfigured):
        GithubApp(app_id, key)


@pytest.mark.parametrize(
    ("addresses", "graphql", "web"),
    [
        (Addresses(), "https://api.github.com/graphql", "https://github.com"),
        (
            Addresses("https://git.acme.test/api/v3/"),
            "https://git.acme.test/api/graphql",
            "https://git.acme.test",
        ),
        (
            Addresses("https://a.test/api/v3", "https://b.test/q", "https://c.test/"),
            "https://b.test/q",
            "https://c.test",
        ),
    ],
    ids=["github.com", "an enterprise server", "all given"],
)
def test_addresses_follow_from_the_first(addresses: Addresses, graphql: str, web: str) -> None:
    assert (addresses.graphql_url, addresses.web_url) == (graphql, web)


def test_one_token_serves_until_it_expires(github: GithubStage, ref: ChangeRef) -> None:
    for _ in range(3):
        github.forge.change(ref)

    assert github.stand_in.asked("access_tokens") == 1


def test_a_token_that_is_not_taken_any_more_is_renewed_once(github: GithubStage, ref: ChangeRef) -> None:
    github.forge.change(ref)
    github.stand_in.tokens.clear()
    github.forge.change(ref)

    assert github.stand_in.asked("access_tokens") == 2


def test_a_token_that_is_never_taken_is_told(github: GithubStage, ref: ChangeRef) -> None:
    body = {"message": "Bad credentials"}
    github.stand_in.faults.append(Fault("/graphql", 401, {}, body, times=9))

    with pytest.raises(NotAllowed, match="Bad credentials"):
        github.forge.change(ref)
    assert github.stand_in.asked("/graphql") == 2


def test_an_installation_that_was_removed_is_gone(github: GithubStage, ref: ChangeRef) -> None:
    with pytest.raises(Gone):
        github.forge.change(dataclasses.replace(ref, installation="404"))


def test_an_unknown_installation_is_asked_for(github: GithubStage, ref: ChangeRef) -> None:
    assert github.forge.change(dataclasses.replace(ref, installation="")).is_open


def test_threads_share_a_forge_without_mixing_answers(github: GithubStage) -> None:
    refs = [github.open_change({"a": "1\n"}, {"a": f"{number}\n"}) for number in range(10, 18)] * 3
    with ThreadPoolExecutor(8) as workers:
        changes = list(workers.map(github.forge.change, refs))

    assert [change.head for change in changes] == [github.pull(ref).head for ref in refs]
    assert [change.ref for change in changes] == refs
    assert github.stand_in.asked("access_tokens") == 1


def test_requests_are_told_without_names_and_numbers(github: GithubStage, ref: ChangeRef) -> None:
    told: list[tuple[str, str, int]] = []
    addresses = Addresses(github.stand_in.url)
    app = GithubApp(77, private_key(), addresses, lambda *request: told.append(request))
    head = list(github.repository.commits)[-1]
    app.installed("9", "acme/shop").read(f"/repos/acme/shop/git/trees/{head}")

    assert told == [
        ("POST", "/app/installations/{number}/access_tokens", 201),
        ("GET", "/repos/{owner}/{repo}/git/trees/{sha}", 200),
    ]


def test_a_suspended_installation_has_nothing_to_review(github: GithubStage, ref: ChangeRef) -> None:
    github.forge.change(ref)
    github.stand_in.world.suspended = {9}

    with pytest.raises(Gone, match="suspended"):
        github.forge.change(ref)


def test_an_installation_removed_while_its_token_lives_is_gone(github: GithubStage, ref: ChangeRef) -> None:
    github.forge.change(ref)
    github.stand_in.tokens.clear()
    github.stand_in.world.installations.clear()

    with pytest.raises(Gone, match="not installed any more") as told:
        github.forge.change(ref)
    assert not isinstance(told.value, NotFound)


def test_a_token_that_runs_out_in_mid_review_is_renewed_for_reads_and_writes(
    github: GithubStage, ref: ChangeRef
) -> None:
    change = github.forge.change(ref)
    github.stand_in.tokens.clear()
    github.forge.trees(change, everything)
    github.stand_in.tokens.clear()
    github.forge.open_threads(change, [thread(change, "a", 1)], "A thing.")
    github.stand_in.tokens.clear()
    github.forge.publish_summary(change, summary())

    assert github.stand_in.asked("access_tokens") == 4
    assert (len(github.pull(ref).reviews), len(github.repository.check_runs)) == (1, 1)
