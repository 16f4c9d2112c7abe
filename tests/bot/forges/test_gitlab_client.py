"""Requests are counted by what they are, not by what they are about."""

from __future__ import annotations

import pytest

from bot.forges.gitlab_client import template


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/projects/acme%2Fshop/merge_requests/12", "/projects/{id}/merge_requests/{number}"),
        ("/projects/7/merge_requests/12/diffs", "/projects/{id}/merge_requests/{number}/diffs"),
        ("/projects/7/repository/files/a%2Fb.txt/raw?ref=1", "/projects/{id}/repository/files/{path}/raw"),
        (f"/projects/7/repository/blobs/{'0a' * 20}/raw", "/projects/{id}/repository/blobs/{sha}/raw"),
        (f"/projects/7/statuses/{'0a' * 20}", "/projects/{id}/statuses/{sha}"),
        (
            f"/projects/7/merge_requests/1/discussions/{'0a' * 20}/notes/8",
            "/projects/{id}/merge_requests/{number}/discussions/{id}/notes/{number}",
        ),
        ("/groups/7/hooks", "/groups/{id}/hooks"),
        ("/api/graphql", "/api/graphql"),
    ],
)
def test_names_and_numbers_are_left_out(path: str, name: str) -> None:
    assert template(path) == name
