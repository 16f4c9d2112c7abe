"""A merge queue's trial merge read: its commit against what it is merged into.

Nothing moves here: base and head are those that the queue named, and another trial has another head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.errors import NotFound
from bot.forges import github_files
from bot.forges.base import ChangeRef
from bot.forges.github_change import GithubChange
from bot.forges.github_check_events import external_id
from bot.forges.github_client import Client
from bot.forges.github_queries import QUEUED
from bot.forges.github_reading import State, describe, find_check_run


def read_state(client: Client, ref: ChangeRef, app_id: str) -> State:
    """The trial as if it were the pull request: open, no draft, and without conversations.

    Raises NotFound where its commit is no more: the queue has thrown it away.
    """
    owner, _, name = ref.repository.partition("/")
    variables = {"owner": owner, "name": name, "number": ref.number, "app": int(app_id), "head": ref.head}
    data, errors = client.query(QUEUED, variables)
    repository = data.get("repository")
    if not repository or not repository["pullRequest"] or not repository["object"]:
        raise errors[0] if errors else NotFound(f"there is no {ref.key}")
    name, pull = repository["nameWithOwner"], _as_pull(repository, ref)
    return State(name, pull, (), find_check_run(pull, external_id(name, ref, ref.head)))


def read_change(client: Client, ref: ChangeRef, app_id: str, web_url: str) -> GithubChange:
    """Two requests: what there is to know of the commit, and the comparison."""
    state = read_state(client, ref, app_id)
    base, entries = github_files.compare(client, state.repository, ref.base, ref.head)
    return replace(
        describe(state, ref, web_url),
        base=base,
        files=tuple(map(github_files.read_file, entries)),
        files_left_out=_left_out(state, len(entries)),
        head_blobs=dict(github_files.head_blobs(entries, ref.head)),
        retyped=github_files.retyped(entries),
    )


def _as_pull(repository: Mapping[str, Any], ref: ChangeRef) -> Mapping[str, Any]:
    return {
        **repository["pullRequest"],
        "state": "OPEN",
        "isDraft": False,
        "baseRefOid": ref.base,
        "headRefOid": ref.head,
        "commits": {"nodes": [{"commit": repository["object"]}]},
    }


def _left_out(state: State, compared: int) -> int:
    """A comparison stops at 300 files without a word; how many there are the pull request tells."""
    if compared < github_files.FILES_COMPARED:
        return 0
    return max(0, int(state.pull["changedFiles"]) - compared)
