"""How many requests a review costs on GitLab; the numbers are promised to the people who host it."""

from __future__ import annotations

import pytest

from bot.forges.base import ChangeRef, Forge
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
        forge.open_threads(change, fresh, "Some things.")
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
def test_a_first_review_with_several_takes_four_more_than_it_says(gitlab: GitlabStage, findings: int) -> None:
    ref = open_wide(gitlab)
    review(gitlab.forge, ref, findings)
    said = findings + 1

    assert gitlab.request(ref).notifications == [findings, 1]
    assert len(gitlab.stand_in.requests) == said + len(
        ["state", "diffs", "contents", "left drafts", "publishing", "status"]
    )
