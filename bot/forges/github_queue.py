"""A merge queue's trial merge read: its commit against what it is merged into.

Nothing moves here: base and head are those that the queue named, and another trial has another head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.errors import NotFound
from bot.forges import github_files
from bot.forges.base import ChangeRef
from bot.forges.github_change import CheckRun, GithubChange
from bot.forges.github_check_events import external_id
from bot.forges.github_client import Client
from bot.forges.github_queries import QUEUED
from bot.forges.github_reading import read_check_run


@dataclass(frozen=True, slots=True)
class Group:
    """A trial merge as GraphQL tells it."""

    repository: str
    pull: Mapping[str, Any]
    """Of the pull request only what never changes the verdict: title, author, branch."""
    check_run: CheckRun | None


def read_group(client: Client, ref: ChangeRef, app_id: str) -> Group:
    """One request. Raises NotFound where the commit is no more: the queue has thrown it away."""
    owner, _, name = ref.repository.partition("/")
    variables = {"owner": owner, "name": name, "number": ref.number, "app": int(app_id), "head": ref.head}
    data, errors = client.query(QUEUED, variables)
    repository = data.get("repository")
    if not repository or not repository["pullRequest"] or not repository["object"]:
        raise errors[0] if errors else NotFound(f"there is no {ref.key}")
    name = repository["nameWithOwner"]
    run = read_check_run(repository["object"], external_id(name, ref, ref.head))
    return Group(name, repository["pullRequest"], run)


def read_change(client: Client, ref: ChangeRef, app_id: str, web_url: str) -> GithubChange:
    """Two requests. It has no conversations, and none can be begun: nobody reads them in a queue."""
    group = read_group(client, ref, app_id)
    base, entries = github_files.compare(client, group.repository, ref.base, ref.head)
    return GithubChange(
        ref=ref,
        title=group.pull["title"],
        head=ref.head,
        base=base,
        base_branch=group.pull["baseRefName"],
        author=(group.pull["author"] or {}).get("login", ""),
        is_open=True,
        is_draft=False,
        files=tuple(map(github_files.read_file, entries)),
        threads=(),
        blob_url=f"{web_url}/{quote(group.repository)}/blob/{ref.head}/",
        files_left_out=_left_out(group, len(entries)),
        repository=group.repository,
        check_run=group.check_run,
        head_blobs=dict(github_files.head_blobs(entries, ref.head)),
        retyped=github_files.retyped(entries),
    )


def _left_out(group: Group, compared: int) -> int:
    """A comparison stops at 300 files without a word; how many there are the pull request tells."""
    if compared < github_files.FILES_COMPARED:
        return 0
    return max(0, int(group.pull["changedFiles"]) - compared)
