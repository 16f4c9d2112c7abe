"""A merge request's state with all that was said on it: one GraphQL request, or REST's pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.errors import NotAllowed, NotFound, Unclear
from bot.forges.base import ChangeRef
from bot.forges.gitlab_change import TreePage
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_discussions import Discussion, from_graphql, from_rest, last_part
from bot.forges.gitlab_errors import Expired, Unanswerable
from bot.forges.gitlab_queries import DISCUSSIONS_A_PAGE, MORE_DISCUSSIONS, STATE

_PAGES = 100
_TOO_MANY = f"there are more than {_PAGES * DISCUSSIONS_A_PAGE} discussions"
_QUERY = "state"

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refs:
    """The commits a diff was made of: merge base, target branch and head."""

    base: str
    start: str
    head: str


@dataclass(frozen=True, slots=True)
class State:
    """A merge request as either interface tells it."""

    own: str
    """Our user's number."""
    project: str
    repository: str
    title: str
    author: str
    state: str
    is_draft: bool
    labels: tuple[str, ...]
    source_branch: str
    target_branch: str
    refs: Refs | None
    """None right after opening, until GitLab has made the diff."""
    file_count: int
    pipeline: str
    pipeline_commit: str
    discussions: tuple[Discussion, ...]
    first_page: TreePage | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "opened"


def read_state(client: Client, ref: ChangeRef, is_tree_wanted: bool = False) -> State:
    """The state as it is now, with the head's tree begun where that comes along. Raises NotFound."""
    try:
        found = _by_query(client, ref, is_tree_wanted)
    except Unanswerable as no:
        client.shun(_QUERY, no)
        found = None
    except Unclear:
        found = None
    return found or _by_pages(client, ref)


def project_path(repository: str) -> str:
    """Where the interface has a project, by its path or its number."""
    return f"/projects/{quote(repository, safe='')}"


def tree_page(blobs: Facts) -> TreePage:
    """A page of GraphQL's listing. What it calls `sha` is the blob's id."""
    entries = tuple((node["path"], node["sha"], node["mode"] or "") for node in blobs["nodes"])
    info = blobs["pageInfo"]
    return TreePage(entries, (info["endCursor"] or "") if info["hasNextPage"] else "")


def _by_query(client: Client, ref: ChangeRef, is_tree_wanted: bool) -> State | None:
    """None where GraphQL knows no such project: it may go by another name now, which REST tells."""
    variables = {"path": ref.repository, "number": str(ref.number)}
    head = f"refs/merge-requests/{ref.number}/head"
    data = client.query(_QUERY, STATE, {**variables, "after": None, "ref": head, "listed": is_tree_wanted})
    if not data["currentUser"]:
        raise Expired("the token is nobody's")
    project = data["project"]
    if not project:
        return None
    found = project["mergeRequest"]
    if not found:
        raise NotFound(f"there is no {ref.key}")
    own, discussions = data["currentUser"]["id"], tuple(map(from_graphql, _nodes(client, variables, found)))
    return _from_graphql(last_part(own), project, found, discussions)


def _from_graphql(own: str, project: Facts, found: Facts, discussions: tuple[Discussion, ...]) -> State:
    tree = (project.get("repository") or {}).get("tree")
    pipeline = found["headPipeline"] or {}
    return State(
        own=own,
        project=last_part(project["id"]),
        repository=project["fullPath"],
        title=found["title"],
        author=(found["author"] or {}).get("username", ""),
        state=found["state"],
        is_draft=bool(found["draft"]),
        labels=tuple(label["title"] for label in (found["labels"] or {}).get("nodes") or ()),
        source_branch=found["sourceBranch"],
        target_branch=found["targetBranch"],
        refs=_refs(found["diffRefs"], "baseSha", "startSha", "headSha"),
        file_count=(found["diffStatsSummary"] or {}).get("fileCount") or 0,
        pipeline=last_part(pipeline.get("id")),
        pipeline_commit=pipeline.get("sha") or "",
        discussions=discussions,
        first_page=tree_page(tree["blobs"]) if tree else None,
    )


def _nodes(client: Client, variables: Facts, found: Facts) -> Iterator[Facts]:
    """All of them: one that is not told would look as if somebody had deleted it."""
    page = found["discussions"]
    for _ in range(_PAGES):
        if None in page["nodes"] or any(None in node["notes"]["nodes"] for node in page["nodes"]):
            raise Unanswerable("GraphQL keeps some discussions back")
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
        data = client.query(_QUERY, MORE_DISCUSSIONS, {**variables, "after": after})
        page = data["project"]["mergeRequest"]["discussions"]
    raise NotAllowed(_TOO_MANY)


def _by_pages(client: Client, ref: ChangeRef) -> State:
    path = f"{project_path(ref.repository)}/merge_requests/{ref.number}"
    found, own = client.read(path), client.user_id
    return _from_rest(own, ref, found, tuple(map(from_rest, _entries(client, f"{path}/discussions"))))


def _from_rest(own: str, ref: ChangeRef, found: Facts, discussions: tuple[Discussion, ...]) -> State:
    told = str(found.get("changes_count") or "0")
    pipeline = found.get("head_pipeline") or {}
    return State(
        own=own,
        project=str(found["project_id"]),
        repository=found["references"]["full"].rpartition("!")[0] or ref.repository,
        title=found["title"],
        author=(found.get("author") or {}).get("username", ""),
        state=found["state"],
        is_draft=bool(found.get("draft", found.get("work_in_progress"))),
        labels=tuple(map(str, found.get("labels") or ())),
        source_branch=found["source_branch"],
        target_branch=found["target_branch"],
        refs=_refs(found.get("diff_refs"), "base_sha", "start_sha", "head_sha"),
        file_count=int(told.rstrip("+") or 0) + told.endswith("+"),
        pipeline=str(pipeline.get("id", "")),
        pipeline_commit=pipeline.get("sha") or "",
        discussions=discussions,
    )


def _entries(client: Client, path: str) -> Iterator[Facts]:
    is_last = False
    for answer in client.answers(path, _PAGES):
        yield from answer.data
        is_last = answer.next is None
    if not is_last:
        raise NotAllowed(_TOO_MANY)


def _refs(told: Facts | None, base: str, start: str, head: str) -> Refs | None:
    if not told or not (told.get(base) and told.get(start) and told.get(head)):
        return None
    return Refs(told[base], told[start], told[head])
