"""A pull request read: its state and our threads in one GraphQL request, its files in one comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from bot.errors import NotFound
from bot.forges import github_files
from bot.forges.base import ChangeRef, Thread
from bot.forges.github_change import AnnotationKey, CheckRun, GithubChange
from bot.forges.github_check_events import external_id
from bot.forges.github_checks import look_up
from bot.forges.github_client import Client
from bot.forges.github_queries import STATE
from bot.forges.github_threads import read_threads


@dataclass(frozen=True, slots=True)
class State:
    """A pull request as GraphQL tells it."""

    repository: str
    pull: Mapping[str, Any]
    threads: tuple[Thread, ...]
    check_run: CheckRun | None

    @property
    def head(self) -> str:
        """The newest commit."""
        return str(self.pull["headRefOid"])


def read_state(client: Client, ref: ChangeRef, app_id: str) -> State:
    """State, threads and check run as they are now. Raises NotFound."""
    owner, _, name = ref.repository.partition("/")
    variables = {"owner": owner, "name": name, "number": ref.number}
    data, errors = client.query(STATE, variables | {"app": int(app_id), "after": None})
    repository = data.get("repository")
    if not repository or not repository["pullRequest"]:
        raise errors[0] if errors else NotFound(f"there is no {ref.key}")
    name, pull = repository["nameWithOwner"], repository["pullRequest"]
    threads = tuple(read_threads(client, variables, pull))
    return State(name, pull, threads, _find_check_run(client, name, pull, ref))


def _find_check_run(
    client: Client, repository: str, pull: Mapping[str, Any], ref: ChangeRef
) -> CheckRun | None:
    """A pull request without commits has its head in no list: there it is looked up."""
    head = pull["headRefOid"]
    named = external_id(repository, ref, head)
    if any(_head_commits(pull)):
        return find_check_run(pull, named)
    return look_up(client, repository, head, named)


def read_change(client: Client, ref: ChangeRef, app_id: str, web_url: str) -> GithubChange:
    """The whole change. The files of a closed one are not read."""
    state = read_state(client, ref, app_id)
    change = describe(state, ref, web_url)
    if not change.is_open:
        return change
    base, entries = github_files.compare(client, state.repository, change.base, change.head)
    count = state.pull["changedFiles"]
    if count > len(entries) or github_files.lost_patches(entries):
        entries = github_files.list_again(client, state.repository, ref.number, entries)
    return replace(
        change,
        base=base,
        files=tuple(map(github_files.read_file, entries)),
        files_left_out=max(0, count - len(entries)),
        head_blobs=dict(github_files.head_blobs(entries, change.head)),
        retyped=github_files.retyped(entries),
    )


def describe(state: State, ref: ChangeRef, web_url: str) -> GithubChange:
    """The change without its files."""
    pull = state.pull
    return GithubChange(
        ref=ref,
        title=pull["title"],
        head=state.head,
        base=pull["baseRefOid"],
        base_branch=pull["baseRefName"],
        author=_author(pull),
        is_open=pull["state"] == "OPEN",
        is_draft=pull["isDraft"],
        files=(),
        threads=state.threads,
        blob_url=f"{web_url}/{quote(state.repository)}/blob/{state.head}/",
        repository=state.repository,
        check_run=state.check_run,
        head_branch=pull["headRefName"],
        labels=tuple(label["name"] for label in (pull["labels"] or {}).get("nodes") or ()),
        is_by_bot=_is_bot(pull),
        ends_in_merge=any(commit["parents"]["totalCount"] > 1 for commit in _head_commits(pull)),
    )


def _author(pull: Mapping[str, Any]) -> str:
    """As its page and webhooks write it: a program's name ends with `[bot]`. Empty for a deleted account."""
    login = str((pull["author"] or {}).get("login", ""))
    return f"{login}[bot]" if _is_bot(pull) else login


def _is_bot(pull: Mapping[str, Any]) -> bool:
    return bool(pull["author"] and pull["author"]["__typename"] == "Bot")


def _head_commits(pull: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The head; nothing where the list of commits is not yet as new as the head."""
    for node in pull["commits"]["nodes"]:
        if node["commit"]["oid"] == pull["headRefOid"]:
            yield node["commit"]


def find_check_run(pull: Mapping[str, Any], named: str) -> CheckRun | None:
    """The newest of ours on the head, of those made for this very change."""
    runs = [
        run
        for commit in _head_commits(pull)
        for suite in (commit["checkSuites"] or {}).get("nodes") or ()
        for run in suite["checkRuns"]["nodes"]
        if run["externalId"] == named
    ]
    if not runs:
        return None
    newest = max(reversed(runs), key=lambda run: run["databaseId"] or 0)
    done = newest["status"] == "COMPLETED"
    return CheckRun(newest["databaseId"] or 0, done, _annotations(newest["annotations"]))


def _annotations(connection: Mapping[str, Any] | None) -> tuple[AnnotationKey, ...] | None:
    """None where the page does not show them all."""
    if connection is None or connection["totalCount"] > len(connection["nodes"]):
        return None
    return tuple(
        AnnotationKey(
            node["path"],
            node["location"]["start"]["line"],
            node["location"]["end"]["line"],
            node["title"] or "",
            node["message"],
        )
        for node in connection["nodes"]
    )
