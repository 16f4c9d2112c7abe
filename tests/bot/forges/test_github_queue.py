"""A merge queue's trial merge, in front of a GitHub that never shows it as a pull request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import Gone, NotFound, TryLater
from bot.forges.base import ChangeRef
from tests.bot.forges.drafts import dockerfiles, everything, summary
from tests.bot.forges.stages import GithubStage, github_forge
from tests.bot.forges.stand_in import Fault

CREATE = "POST /repos/acme/shop/check-runs"
BEFORE = dockerfiles(2)
PROPOSED = {**BEFORE, **dockerfiles(1, "CMD b")}
MEANWHILE = {**BEFORE, "README": "here\n"}


def enqueue(github: GithubStage) -> tuple[ChangeRef, ChangeRef]:
    """A change, and its trial merge into a branch that has moved on since it was opened."""
    ref = github.open_change(BEFORE, PROPOSED)
    world, pull = github.stand_in.world, github.pull(ref)
    base = world.commit(github.repository, MEANWHILE, pull.base)
    trial = world.commit(github.repository, {**MEANWHILE, **PROPOSED}, base)
    github.stand_in.requests.clear()
    return ref, replace(ref, base=base, head=trial, is_queued=True)


def runs(github: GithubStage, head: str) -> list[dict[str, object]]:
    return [run for run in github.repository.check_runs.values() if run["head_sha"] == head]


def test_only_what_the_trial_brings_is_its_change(github: GithubStage) -> None:
    _, trial = enqueue(github)
    change = github.forge.change(trial)

    assert (change.base, change.head, change.base_branch) == (trial.base, trial.head, "main")
    assert [file.path for file in change.files] == ["service0/Dockerfile"]
    assert (change.is_open, change.is_draft, change.threads) == (True, False, ())
    assert f"/acme/shop/blob/{trial.head}/" in change.blob_url


def test_a_closed_change_is_no_matter_in_the_queue(github: GithubStage) -> None:
    ref, trial = enqueue(github)
    github.close(ref)

    assert github.forge.change(trial).is_open


def test_five_requests_at_most(github: GithubStage) -> None:
    _, trial = enqueue(github)
    github.forge.change(trial)
    github.stand_in.requests.clear()
    change = github.forge.change(trial)
    base, head = github.forge.trees(change, everything)
    assert len(base.read(base.tree)) == len(head.read(head.tree)) == 3
    github.forge.publish_summary(change, summary())

    assert github.stand_in.requests == [
        "POST /graphql",
        f"GET /repos/acme/shop/compare/{trial.base}...{trial.head}",
        f"GET /repos/acme/shop/git/trees/{trial.head}",
        "POST /graphql",
        CREATE,
    ]


def test_its_check_is_told_from_the_change_s_own(github: GithubStage) -> None:
    ref, trial = enqueue(github)
    for one in (ref, trial):
        github.forge.publish_summary(github.forge.change(one), summary())
    (own,) = runs(github, github.pull(ref).head)
    (queued,) = runs(github, trial.head)

    assert own["external_id"] == f"acme/shop#1@{github.pull(ref).head}"
    assert queued["external_id"] == f"acme/shop#1@{trial.base}...{trial.head}"


def test_its_check_is_renewed_and_not_doubled(github: GithubStage) -> None:
    _, trial = enqueue(github)
    for _ in range(2):
        github.forge.publish_summary(github.forge.change(trial), summary(annotations=3))

    assert [len(run["annotations"]) for run in runs(github, trial.head)] == [3]  # type: ignore[arg-type]
    assert github.stand_in.asked(CREATE) == 1


def test_a_lost_answer_doubles_nothing(github: GithubStage) -> None:
    _, trial = enqueue(github)
    github.stand_in.faults.append(Fault(CREATE, is_done=True))
    github.forge.publish_summary(github.forge.change(trial), summary())

    assert [run["status"] for run in runs(github, trial.head)] == ["completed"]


def test_a_request_that_was_lost_is_tried_later(github: GithubStage) -> None:
    _, trial = enqueue(github)
    change = github.forge.change(trial)
    github.stand_in.faults.append(Fault(CREATE))

    with pytest.raises(TryLater):
        github.forge.publish_summary(change, summary())
    assert runs(github, trial.head) == []


@pytest.mark.parametrize("gone", ["head", "base"])
def test_a_trial_that_was_thrown_away_is_gone(github: GithubStage, gone: str) -> None:
    _, trial = enqueue(github)
    del github.repository.commits[getattr(trial, gone)]

    with pytest.raises(Gone):
        github.forge.change(trial)


def test_a_trial_of_nothing_known_is_not_found(github: GithubStage) -> None:
    _, trial = enqueue(github)

    with pytest.raises(NotFound):
        github.forge.change(replace(trial, number=404))


def test_a_renamed_repository_is_found_by_its_old_name(github: GithubStage) -> None:
    _, trial = enqueue(github)
    world = github.stand_in.world
    github.repository.name = "acme/store"
    world.repositories["acme/store"] = world.repositories.pop("acme/shop")
    world.renamed["acme/shop"] = "acme/store"
    github.forge.publish_summary(github.forge.change(trial), summary())

    assert [run["external_id"] for run in runs(github, trial.head)] == [
        f"acme/store#1@{trial.base}...{trial.head}"
    ]


def test_files_beyond_the_comparison_are_not_passed_over_in_silence(github: GithubStage) -> None:
    before, after = dockerfiles(305), dockerfiles(305, "CMD b")
    ref = github.open_change(before, after)
    pull = github.pull(ref)
    trial = replace(
        ref,
        base=pull.base,
        head=github.stand_in.world.commit(github.repository, after, pull.base),
        is_queued=True,
    )
    change = github_forge(github.stand_in).change(trial)

    assert (len(change.files), change.files_left_out) == (300, 5)
