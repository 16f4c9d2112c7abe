"""How many requests a review costs on GitLab; the numbers are promised to the people who host it."""

from __future__ import annotations

import pytest

from bot.forges.base import ChangeRef, Conclusion, Forge, Summary
from tests.bot.forges.drafts import dockerfiles, everything, summary, thread
from tests.bot.forges.gitlab_stage import GitlabStage

GRAPHQL = "POST /graphql"


def review(forge: Forge, ref: ChangeRef, findings: int) -> None:
    """As a review goes: read all, post what is new, sum up."""
    change = forge.change(ref)
    base, head = forge.trees(change, everything)
    assert len(base.read(base.tree)) == len(head.read(head.tree)) >= 40
    known = {one.fingerprint for one in change.threads}
    found = [thread(change, f"service{n}/Dockerfile", 3, f"{n:08x}") for n in range(findings)]
    if fresh := [one for one in found if one.fingerprint not in known]:
        forge.open_threads(change, fresh, "Some things.", is_first_try=True)
    forge.publish_summary(change, summary())


def open_wide(gitlab: GitlabStage, changed: int = 30, files: int = 40) -> ChangeRef:
    return gitlab.open_change(dockerfiles(files), {**dockerfiles(files), **dockerfiles(changed, "CMD b")})


@pytest.mark.parametrize("changed", [1, 30, 100], ids="{} files".format)
def test_a_first_review_with_one_finding(gitlab: GitlabStage, changed: int) -> None:
    review(gitlab.forge, open_wide(gitlab, changed, 100), 1)
    here = f"/projects/{gitlab.project.id}"

    assert gitlab.stand_in.requests == [
        GRAPHQL,
        f"GET {here}/merge_requests/1/diffs",
        GRAPHQL,
        f"POST {here}/merge_requests/1/discussions",
        f"POST {here}/merge_requests/1/notes",
        f"POST {here}/statuses/{gitlab.request(ChangeRef('gitlab', 'acme/shop', 1)).head}",
    ]


@pytest.mark.parametrize("findings", [2, 5, 10])
def test_several_findings_are_drafted_and_published_together(gitlab: GitlabStage, findings: int) -> None:
    """What it says is a comment for each and the summary's note; the rest does not grow."""
    ref = open_wide(gitlab)
    review(gitlab.forge, ref, findings)
    rest = ["state", "diffs", "contents", "publishing", "status"]

    assert gitlab.request(ref).notifications == [findings, 1]
    assert len(gitlab.stand_in.requests) == findings + 1 + len(rest)


@pytest.mark.parametrize(("findings", "rest"), [(0, 3), (1, 3), (2, 4), (10, 4)])
def test_in_a_project_that_is_known_contents_cost_nothing(
    gitlab: GitlabStage, findings: int, rest: int
) -> None:
    first = open_wide(gitlab)
    review(gitlab.forge, first, 0)
    world, start = gitlab.stand_in.world, gitlab.request(first).base
    head = world.commit(gitlab.project, {**dockerfiles(40), **dockerfiles(20, "CMD z")}, start)
    ref = ChangeRef("gitlab", "acme/shop", world.open(gitlab.project, start, head).iid)
    gitlab.stand_in.requests.clear()
    review(gitlab.forge, ref, findings)

    assert len(gitlab.stand_in.requests) == findings + 1 + rest


def test_a_clean_change_gets_a_status_and_nothing_else(gitlab: GitlabStage) -> None:
    ref = open_wide(gitlab)
    change = gitlab.forge.change(ref)
    gitlab.forge.trees(change, everything)
    gitlab.forge.publish_summary(change, Summary(Conclusion.SUCCESS, "No problems in 40 files", ""))

    assert len(gitlab.stand_in.requests) == len(["state", "diffs", "contents", "status"])
    assert gitlab.request(ref).notifications == []


def test_a_warm_review_with_nothing_new_takes_three(gitlab: GitlabStage) -> None:
    ref = open_wide(gitlab)
    review(gitlab.forge, ref, 3)
    gitlab.stand_in.requests.clear()
    review(gitlab.forge, ref, 3)

    assert len(gitlab.stand_in.requests) == len(["state", "diffs", "status"])


def test_a_push_of_one_file_with_one_finding_takes_four(gitlab: GitlabStage) -> None:
    ref = open_wide(gitlab)
    review(gitlab.forge, ref, 3)
    gitlab.stand_in.requests.clear()
    gitlab.push(ref, {**dockerfiles(40), **dockerfiles(30, "CMD b"), **dockerfiles(1, "CMD c")})
    review(gitlab.forge, ref, 4)

    assert len(gitlab.stand_in.requests) == len(["state", "diffs", "comment", "status"])


def test_without_graphql_it_is_one_for_each_of_the_parts(gitlab: GitlabStage) -> None:
    gitlab.stand_in.world.limits.has_graphql = False
    ref = open_wide(gitlab)
    review(gitlab.forge, ref, 1)

    parts = ["GraphQL", "state", "user", "discussions", "diffs", "tree", "comment", "note", "status"]

    assert gitlab.stand_in.asked("/raw") == 40
    assert len(gitlab.stand_in.requests) == 40 + len(parts)
