"""How many requests a review costs; the numbers are promised to the people who host it."""

from __future__ import annotations

import pytest

from bot.forges.base import ChangeRef, Forge
from tests.bot.forges.drafts import dockerfiles, everything, summary, thread
from tests.bot.forges.stages import GithubStage, github_forge


def review(forge: Forge, ref: ChangeRef, findings: int) -> None:
    """As a review goes: read all, post what is new, sum up."""
    change = forge.change(ref)
    base, head = forge.trees(change, everything)
    assert len(base.read(base.tree)) == len(head.read(head.tree)) >= 40
    known = {one.fingerprint for one in change.threads}
    found = [thread(change, f"service{n}/Dockerfile", 3, f"{n:08x}") for n in range(findings)]
    if fresh := [one for one in found if one.fingerprint not in known]:
        forge.open_threads(change, fresh, "Some things.")
    forge.publish_summary(change, summary(annotations=findings))


def open_wide(github: GithubStage, changed: int = 30, files: int = 40) -> ChangeRef:
    return github.open_change(dockerfiles(files), {**dockerfiles(files), **dockerfiles(changed, "CMD b")})


@pytest.mark.parametrize("changed", [1, 30, 100], ids="{} files".format)
def test_a_cold_review_takes_seven(github: GithubStage, changed: int) -> None:
    review(github.forge, open_wide(github, changed, 110), 1)
    base, head = github.repository.commits

    assert github.stand_in.requests == [
        "POST /app/installations/9/access_tokens",
        "POST /graphql",
        f"GET /repos/acme/shop/compare/{base}...{head}",
        f"GET /repos/acme/shop/git/trees/{head}",
        "POST /graphql",
        "POST /repos/acme/shop/pulls/1/reviews",
        "POST /repos/acme/shop/check-runs",
    ]


def test_a_warm_review_with_nothing_new_takes_three(github: GithubStage) -> None:
    ref = open_wide(github)
    review(github.forge, ref, 3)
    github.stand_in.requests.clear()
    review(github.forge, ref, 3)

    assert len(github.stand_in.requests) == 3


def test_a_push_of_one_file_takes_five(github: GithubStage) -> None:
    ref = open_wide(github)
    review(github.forge, ref, 3)
    github.stand_in.requests.clear()
    github.push(ref, {**dockerfiles(40), **dockerfiles(30, "CMD b"), **dockerfiles(1, "CMD c")})
    review(github.forge, ref, 4)

    assert len(github.stand_in.requests) == 5


def test_another_change_on_the_same_base_reads_only_what_it_changed(github: GithubStage) -> None:
    review(github.forge, open_wide(github), 0)
    world, repository = github.stand_in.world, github.repository
    base = next(iter(repository.commits))
    head = world.commit(repository, {**dockerfiles(40), **dockerfiles(2, "CMD z")}, base)
    other = ChangeRef("github", repository.name, world.pull(repository, base, head).number, "9")
    github.stand_in.requests.clear()
    review(github.forge, other, 0)

    assert len(github.stand_in.requests) == 4


def test_the_numbers_grow_with_files_only_beyond_a_query(github: GithubStage) -> None:
    ref = github.open_change(dockerfiles(240), {**dockerfiles(240), **dockerfiles(20, "CMD b")})
    change = github.forge.change(ref)
    github.forge.trees(change, everything)

    assert github.stand_in.asked("/graphql") == 1 + 2


def test_two_forges_share_nothing_by_accident(github: GithubStage) -> None:
    ref = open_wide(github)
    review(github.forge, ref, 0)
    github.stand_in.requests.clear()
    review(github_forge(github.stand_in), ref, 0)

    assert len(github.stand_in.requests) == 6
