"""The part of GitHub's GraphQL that the adapter speaks, checked and executed by graphql-core.

Names and types are those of the public schema, https://docs.github.com/en/graphql/overview/public-schema.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import graphql

from analyzers.files import blob_id
from tests.bot.forges.stand_in.world import (
    BOT,
    SUBMODULE,
    Comment,
    PullRequest,
    Repository,
    Thread,
    World,
)

SCHEMA = graphql.build_schema(
    """
    interface Node { id: ID! }
    type Query { repository(owner: String!, name: String!): Repository nodes(ids: [ID!]!): [Node]! }
    type Repository implements Node {
      id: ID! nameWithOwner: String! object(expression: String): GitObject
      pullRequest(number: Int!): PullRequest
      pullRequests(
        first: Int, states: [PullRequestState!], baseRefName: String, orderBy: IssueOrder
      ): PullRequestConnection!
    }
    enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
    enum OrderDirection { ASC DESC }
    input IssueOrder { field: IssueOrderField! direction: OrderDirection! }
    type PullRequestConnection { nodes: [PullRequest] }
    scalar DateTime
    interface GitObject { oid: GitObjectID! }
    type Blob implements GitObject {
      oid: GitObjectID! byteSize: Int! isBinary: Boolean isTruncated: Boolean! text: String
    }
    type Commit implements GitObject {
      oid: GitObjectID! checkSuites(first: Int, last: Int, filterBy: CheckSuiteFilter): CheckSuiteConnection
      parents(first: Int): CommitConnection!
    }
    input CheckSuiteFilter { appId: Int checkName: String }
    input CheckRunFilter { checkName: String }
    type CheckSuiteConnection { nodes: [CheckSuite] }
    type CheckSuite { checkRuns(first: Int, last: Int, filterBy: CheckRunFilter): CheckRunConnection }
    type CheckRunConnection { nodes: [CheckRun] }
    type CheckRun {
      databaseId: Int externalId: String status: CheckStatusState!
      annotations(first: Int): CheckAnnotationConnection
    }
    type CheckAnnotationConnection { totalCount: Int! nodes: [CheckAnnotation] }
    type CheckAnnotation { path: String! title: String message: String! location: CheckAnnotationSpan! }
    type CheckAnnotationSpan { start: CheckAnnotationPosition! end: CheckAnnotationPosition! }
    type CheckAnnotationPosition { line: Int! }
    type CommitConnection { totalCount: Int! }
    interface Actor { login: String! }
    type Bot implements Actor { login: String! }
    type LabelConnection { nodes: [Label] }
    type Label { name: String! }
    type PullRequest implements Node {
      id: ID! number: Int! updatedAt: DateTime!
      title: String! state: PullRequestState! isDraft: Boolean!
      baseRefName: String! baseRefOid: GitObjectID! headRefName: String! headRefOid: GitObjectID!
      changedFiles: Int! author: Actor labels(first: Int): LabelConnection
      commits(last: Int): PullRequestCommitConnection!
      reviewThreads(first: Int, after: String, last: Int): PullRequestReviewThreadConnection!
      comments(first: Int, last: Int): IssueCommentConnection!
    }
    type PullRequestCommitConnection { nodes: [PullRequestCommit] }
    type PullRequestCommit { commit: Commit! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] pageInfo: PageInfo! }
    type PullRequestReviewThread {
      id: ID! isResolved: Boolean! isOutdated: Boolean! viewerCanResolve: Boolean! path: String! line: Int
      originalLine: Int
      resolvedBy: User comments(first: Int, last: Int): PullRequestReviewCommentConnection!
    }
    type IssueCommentConnection { totalCount: Int! nodes: [IssueComment] }
    type IssueComment { id: ID! body: String! viewerDidAuthor: Boolean! author: Actor }
    type PullRequestReviewCommentConnection { totalCount: Int! nodes: [PullRequestReviewComment] }
    scalar BigInt
    scalar GitObjectID
    enum CheckStatusState { QUEUED IN_PROGRESS COMPLETED }
    enum PullRequestState { OPEN CLOSED MERGED }
    type User implements Actor { login: String! }
    type PullRequestReviewComment {
      id: ID! fullDatabaseId: BigInt body: String! viewerDidAuthor: Boolean! author: Actor
      reactionGroups: [ReactionGroup!]
    }
    type ReactionGroup { content: ReactionContent! reactors(first: Int): ReactorConnection! }
    type ReactorConnection { totalCount: Int! }
    enum ReactionContent { THUMBS_UP THUMBS_DOWN HEART }
    type Minimizable { isMinimized: Boolean! }
    enum ReportedContentClassifiers { RESOLVED OUTDATED DUPLICATE }
    input ResolveReviewThreadInput { threadId: ID! }
    input UpdatePullRequestReviewCommentInput { pullRequestReviewCommentId: ID! body: String! }
    input MinimizeCommentInput { subjectId: ID! classifier: ReportedContentClassifiers! }
    type ResolveReviewThreadPayload { thread: PullRequestReviewThread }
    type UpdatePullRequestReviewCommentPayload { pullRequestReviewComment: PullRequestReviewComment }
    type MinimizeCommentPayload { minimizedComment: Minimizable }
    type Mutation {
      resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
      updatePullRequestReviewComment(
        input: UpdatePullRequestReviewCommentInput!
      ): UpdatePullRequestReviewCommentPayload
      minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
    }
    """
)


class Problem(Exception):
    """An entry of `errors`, with GitHub's `type`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """What GitHub answers with status 200, errors included."""
    root = {name: getattr(_Root(world), name) for name in _FIELDS}
    result = graphql.graphql_sync(
        SCHEMA, body["query"], root, variable_values=body.get("variables"), type_resolver=_type
    )
    told: dict[str, Any] = {"data": result.data}
    if result.errors:
        told["errors"] = [_told(error) for error in result.errors]
    return told


_FIELDS = ("repository", "nodes", "resolveReviewThread", "updatePullRequestReviewComment", "minimizeComment")


def _told(error: graphql.GraphQLError) -> dict[str, Any]:
    entry: dict[str, Any] = {"message": error.message, "path": error.path}
    if isinstance(error.original_error, Problem):
        entry["type"] = error.original_error.kind
    return entry


def _type(value: Any, info: Any, kind: Any) -> str:
    return str(value["__typename"])


class _Root:
    def __init__(self, world: World) -> None:
        self._world = world

    def repository(self, info: Any, owner: str, name: str) -> dict[str, Any]:
        asked = f"{owner}/{name}"
        found = self._world.repositories.get(self._world.renamed.get(asked, asked))
        if found is None:
            raise Problem("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return _repository(self._world, found)

    def nodes(self, info: Any, ids: list[str]) -> list[dict[str, Any] | None]:
        if len(ids) > 100:
            raise Problem("ARGUMENT_LIMIT", "at most 100 ids")
        return [_node(self._world, one) for one in ids]

    def resolveReviewThread(self, info: Any, input: dict[str, str]) -> dict[str, Any]:
        if not self._world.may_resolve:
            raise Problem("FORBIDDEN", "Resource not accessible by integration")
        thread = next(one for one in _threads(self._world) if one.id == input["threadId"])
        thread.resolved_by = BOT
        return {"thread": _thread(self._world, thread)}

    def updatePullRequestReviewComment(self, info: Any, input: dict[str, str]) -> dict[str, Any]:
        comment = _comment(self._world, input["pullRequestReviewCommentId"])
        comment.body = input["body"]
        return {"pullRequestReviewComment": _told_comment(comment)}

    def minimizeComment(self, info: Any, input: dict[str, str]) -> dict[str, Any]:
        _comment(self._world, input["subjectId"]).minimized = input["classifier"]
        return {"minimizedComment": {"isMinimized": True}}


def _repository(world: World, found: Repository) -> dict[str, Any]:
    return {
        "__typename": "Repository",
        "id": f"R_{found.name}",
        "nameWithOwner": found.name,
        "pullRequest": lambda info, number: _pull(world, found, number),
        "pullRequests": lambda info, **wanted: {"nodes": _pulls(world, found, **wanted)},
        "object": lambda info, expression: _object(world, found, expression),
    }


def _node(world: World, node: str) -> dict[str, Any] | None:
    """None for what is no more, as GitHub does beside an error."""
    name, _, number = node.partition("_")[2].partition("#")
    repository = world.repositories.get(name)
    if repository is None:
        return None
    return _pull(world, repository, int(number)) if number else _repository(world, repository)


def _pulls(
    world: World,
    repository: Repository,
    first: int,
    states: list[str],
    orderBy: dict[str, str],
    baseRefName: str | None = None,
) -> list[dict[str, Any]]:
    if not 0 < first <= 100 or orderBy != {"field": "UPDATED_AT", "direction": "DESC"}:
        raise Problem("EXCESSIVE_PAGINATION", "at most 100 records, those touched last first")
    listed = [
        pull
        for pull in repository.pulls.values()
        if pull.state in states and baseRefName in (None, pull.base_branch)
    ]
    listed.sort(key=_touched_at, reverse=True)
    return [_pull(world, repository, pull.number) for pull in listed[:first]]


def _touched_at(pull: PullRequest) -> datetime:
    return pull.touched_at or datetime.now(UTC)


def _threads(world: World) -> list[Thread]:
    pulls = (pull for repository in world.repositories.values() for pull in repository.pulls.values())
    return [thread for pull in pulls for thread in pull.threads]


def _comment(world: World, node: str) -> Comment:
    comments = (comment for thread in _threads(world) for comment in thread.comments)
    return next(comment for comment in comments if f"C{comment.id}" == node)


def _object(world: World, repository: Repository, expression: str) -> dict[str, Any] | None:
    if expression in repository.commits:
        return _commit(world, repository, expression)
    return _blob(repository, expression)


def _commit(world: World, repository: Repository, sha: str) -> dict[str, Any]:
    return {
        "__typename": "Commit",
        "oid": sha,
        "checkSuites": {"nodes": [_suite(world, repository, sha)]},
        "parents": {"totalCount": 1 + len(repository.commits[sha].merged)},
    }


def _blob(repository: Repository, expression: str) -> dict[str, Any] | None:
    sha, colon, path = expression.partition(":")
    commit = repository.commits.get(sha)
    content = (commit.files.get(path) if commit else None) if colon else repository.blob(expression)
    if content is None or content.startswith(SUBMODULE):
        return None
    is_binary = b"\0" in content
    return {
        "__typename": "Blob",
        "oid": blob_id(content),
        "byteSize": len(content),
        "isBinary": is_binary,
        "isTruncated": len(content) > 512_000,
        "text": None if is_binary else content[:512_000].decode("utf-8", "replace"),
    }


def _pull(world: World, repository: Repository, number: int) -> dict[str, Any]:
    pull = repository.pulls.get(number)
    if pull is None:
        raise Problem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    commit = _commit(world, repository, pull.head)
    return {
        "__typename": "PullRequest",
        "id": f"PR_{repository.name}#{number}",
        "number": number,
        "updatedAt": _touched_at(pull).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": pull.title,
        "state": pull.state,
        "isDraft": pull.is_draft,
        "baseRefName": pull.base_branch,
        "baseRefOid": pull.base,
        "headRefName": pull.branch,
        "headRefOid": pull.head,
        "changedFiles": len(repository.changed(pull.base, pull.head)),
        "author": _actor(pull.author),
        "labels": {"nodes": [{"name": name} for name in pull.labels]},
        "commits": {"nodes": [{"commit": commit}] if repository.ahead(pull.base, pull.head) else []},
        "reviewThreads": lambda info, **asked: _page(world, pull, **asked),
        "comments": lambda info, **asked: _talk(pull.comments, **asked),
    }


def _page(
    world: World, pull: PullRequest, first: int = 0, after: str | None = None, last: int = 0
) -> dict[str, Any]:
    if last:
        return {"nodes": [_thread(world, thread) for thread in pull.threads[-last:]]}
    if not 0 < first <= 100:
        raise Problem("EXCESSIVE_PAGINATION", "at most 100 records")
    start = int(after or 0)
    shown = [thread for thread in pull.threads if not thread.is_behind()]
    nodes = [_thread(world, thread) for thread in shown[start : start + first]]
    more = start + first < len(shown)
    return {"nodes": nodes, "pageInfo": {"hasNextPage": more, "endCursor": str(start + first)}}


def _thread(world: World, thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "isResolved": thread.resolved_by is not None,
        "isOutdated": thread.is_outdated,
        "viewerCanResolve": world.may_resolve and thread.resolved_by is None,
        "path": thread.path,
        "line": None if thread.is_outdated else thread.line,
        "originalLine": thread.original_line,
        "resolvedBy": {"login": thread.resolved_by} if thread.resolved_by else None,
        "comments": lambda info, **asked: _talk(thread.comments, **asked),
    }


def _talk(comments: list[Comment], first: int = 0, last: int = 0) -> dict[str, Any]:
    """One of the two says how many are told."""
    told = comments[:first] if first else comments[-last:]
    return {"totalCount": len(comments), "nodes": [_told_comment(comment) for comment in told]}


def _told_comment(comment: Comment) -> dict[str, Any]:
    mine = comment.author == BOT
    number = {"id": f"C{comment.id}", "fullDatabaseId": comment.id}
    groups = [
        {"content": sign, "reactors": {"totalCount": count}} for sign, count in comment.reactions.items()
    ]
    return {
        **number,
        "body": comment.body,
        "viewerDidAuthor": mine,
        "author": _actor(comment.author),
        "reactionGroups": groups,
    }


def _actor(name: str) -> dict[str, str]:
    """A program's name comes without its `[bot]` here."""
    login = name.removesuffix("[bot]")
    return {"__typename": "User" if login == name else "Bot", "login": login}


def _suite(world: World, repository: Repository, head: str) -> dict[str, Any]:
    runs = [run for run in repository.check_runs.values() if run["head_sha"] == head]
    nodes = [_run(run) for run in runs]
    if world.has_long_numbers:
        nodes = [{**node, "databaseId": None} for node in nodes]
    return {"checkRuns": {"nodes": nodes}}


def _run(run: dict[str, Any]) -> dict[str, Any]:
    nodes = [
        {
            "path": one["path"],
            "title": one["title"],
            "message": one["message"],
            "location": {"start": {"line": one["start_line"]}, "end": {"line": one["end_line"]}},
        }
        for one in run["annotations"]
    ]
    return {
        "databaseId": run["id"],
        "externalId": run["external_id"],
        "status": run["status"].upper(),
        "annotations": {"totalCount": len(nodes), "nodes": nodes[:100]},
    }
