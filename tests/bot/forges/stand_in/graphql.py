"""The part of GitHub's GraphQL that the adapter speaks, checked and executed by graphql-core.

Names and types are those of the public schema, https://docs.github.com/en/graphql/overview/public-schema.
"""

from __future__ import annotations

from typing import Any

import graphql

from analyzers.files import blob_id
from tests.bot.forges.stand_in.world import BOT, Comment, PullRequest, Repository, Thread, World

SCHEMA = graphql.build_schema(
    """
    type Query { repository(owner: String!, name: String!): Repository }
    type Repository {
      nameWithOwner: String! pullRequest(number: Int!): PullRequest object(expression: String): GitObject
    }
    interface GitObject { oid: ID! }
    type Blob implements GitObject {
      oid: ID! byteSize: Int! isBinary: Boolean isTruncated: Boolean! text: String
    }
    type Commit implements GitObject {
      oid: ID! checkSuites(first: Int, last: Int, filterBy: CheckSuiteFilter): CheckSuiteConnection
    }
    input CheckSuiteFilter { appId: Int checkName: String }
    input CheckRunFilter { checkName: String }
    type CheckSuiteConnection { nodes: [CheckSuite] }
    type CheckSuite { checkRuns(first: Int, last: Int, filterBy: CheckRunFilter): CheckRunConnection }
    type CheckRunConnection { nodes: [CheckRun] }
    type CheckRun {
      databaseId: Int externalId: String status: String! annotations(first: Int): CheckAnnotationConnection
    }
    type CheckAnnotationConnection { totalCount: Int! nodes: [CheckAnnotation] }
    type CheckAnnotation { path: String! title: String message: String! location: CheckAnnotationSpan! }
    type CheckAnnotationSpan { start: Position! end: Position! }
    type Position { line: Int! }
    type Actor { login: String! }
    type PullRequest {
      title: String! state: String! isDraft: Boolean! baseRefName: String! baseRefOid: ID! headRefOid: ID!
      changedFiles: Int! author: Actor commits(last: Int): CommitConnection!
      reviewThreads(first: Int, after: String): ThreadConnection!
    }
    type CommitConnection { nodes: [PullRequestCommit] }
    type PullRequestCommit { commit: Commit! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type ThreadConnection { nodes: [PullRequestReviewThread] pageInfo: PageInfo! }
    type PullRequestReviewThread {
      id: ID! isResolved: Boolean! isOutdated: Boolean! viewerCanResolve: Boolean! path: String! line: Int
      originalLine: Int       resolvedBy: Actor comments(first: Int): CommentConnection!
    }
    type CommentConnection { totalCount: Int! nodes: [PullRequestReviewComment] }
    scalar BigInt
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
    type ResolvePayload { thread: PullRequestReviewThread }
    type UpdatePayload { pullRequestReviewComment: PullRequestReviewComment }
    type MinimizePayload { minimizedComment: Minimizable }
    type Mutation {
      resolveReviewThread(input: ResolveReviewThreadInput!): ResolvePayload
      updatePullRequestReviewComment(input: UpdatePullRequestReviewCommentInput!): UpdatePayload
      minimizeComment(input: MinimizeCommentInput!): MinimizePayload
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


_FIELDS = ("repository", "resolveReviewThread", "updatePullRequestReviewComment", "minimizeComment")


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
        return {
            "nameWithOwner": found.name,
            "pullRequest": lambda info, number: _pull(self._world, found, number),
            "object": lambda info, expression: _blob(found, expression),
        }

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


def _threads(world: World) -> list[Thread]:
    pulls = (pull for repository in world.repositories.values() for pull in repository.pulls.values())
    return [thread for pull in pulls for thread in pull.threads]


def _comment(world: World, node: str) -> Comment:
    comments = (comment for thread in _threads(world) for comment in thread.comments)
    return next(comment for comment in comments if f"C{comment.id}" == node)


def _blob(repository: Repository, expression: str) -> dict[str, Any] | None:
    sha, colon, path = expression.partition(":")
    commit = repository.commits.get(sha)
    content = (commit.files.get(path) if commit else None) if colon else repository.blob(expression)
    if content is None:
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
    commit = {"oid": pull.head, "checkSuites": {"nodes": [_suite(world, repository, pull)]}}
    return {
        "title": pull.title,
        "state": pull.state,
        "isDraft": pull.is_draft,
        "baseRefName": "main",
        "baseRefOid": pull.base,
        "headRefOid": pull.head,
        "changedFiles": len(repository.changed(pull.base, pull.head)),
        "author": {"login": pull.author},
        "commits": {"nodes": [{"commit": commit}]},
        "reviewThreads": lambda info, first, after=None: _page(world, pull, first, after),
    }


def _page(world: World, pull: PullRequest, first: int, after: str | None) -> dict[str, Any]:
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
        "comments": {
            "totalCount": len(thread.comments),
            "nodes": [_told_comment(comment) for comment in thread.comments[:5]],
        },
    }


def _told_comment(comment: Comment) -> dict[str, Any]:
    author = {"login": comment.author.removesuffix("[bot]")}
    mine = comment.author == BOT
    number = {"id": f"C{comment.id}", "fullDatabaseId": comment.id}
    groups = [
        {"content": sign, "reactors": {"totalCount": count}} for sign, count in comment.reactions.items()
    ]
    return {
        **number,
        "body": comment.body,
        "viewerDidAuthor": mine,
        "author": author,
        "reactionGroups": groups,
    }


def _suite(world: World, repository: Repository, pull: PullRequest) -> dict[str, Any]:
    runs = [run for run in repository.check_runs.values() if run["head_sha"] == pull.head]
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
