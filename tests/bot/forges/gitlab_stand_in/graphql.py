"""The part of GitLab's GraphQL that the adapter speaks, checked and executed by graphql-core.

Names and types are those of https://docs.gitlab.com/api/graphql/reference/; what a query costs is reckoned
as GitLab's fields do: one point each, and more for what reads from the repository or lists much.
"""

from __future__ import annotations

import base64
from typing import Any

import graphql

from analyzers.files import blob_id
from tests.bot.forges.gitlab_stand_in.world import BOT, Commit, Discussion, MergeRequest, Note, Project, World

_SDL = """
type Query { currentUser: CurrentUser project(fullPath: ID!): Project }
type CurrentUser { id: ID! username: String! }
type Project { id: ID! fullPath: ID! repository: Repository mergeRequest(iid: String!): MergeRequest }
type UserCore { id: ID! username: String! }
type DiffRefs { baseSha: String headSha: String! startSha: String! }
type DiffStatsSummary { fileCount: Int! }
type LabelConnection { nodes: [Label] }
type Label { title: String! }
type Pipeline { id: ID! sha: String }
type PageInfo { hasNextPage: Boolean! endCursor: String }
enum MergeRequestState { opened closed locked merged }
type MergeRequest {
  id: ID! title: String! state: MergeRequestState! draft: Boolean! sourceBranch: String!
  targetBranch: String! diffHeadSha: String author: UserCore diffRefs: DiffRefs
  labels(first: Int): LabelConnection
  diffStatsSummary: DiffStatsSummary headPipeline: Pipeline
  DISCUSSIONS
}
type DiscussionConnection { nodes: [Discussion] pageInfo: PageInfo! }
type Discussion { id: ID! resolved: Boolean! resolvable: Boolean! resolvedBy: UserCore
  notes(first: Int): NoteConnection! }
type NoteConnection { nodes: [Note] pageInfo: PageInfo! }
type Note { id: ID! body: String! system: Boolean! author: UserCore position: DiffPosition }
enum DiffPositionType { text image file }
type DiffPosition { newPath: String oldPath: String newLine: Int oldLine: Int
  positionType: DiffPositionType! diffRefs: DiffRefs! }
type Repository {
  blobs(paths: [String!]!, ref: String, first: Int): RepositoryBlobConnection
  tree(path: String = "", ref: String = "HEAD", recursive: Boolean = false): Tree
}
scalar BigInt
type RepositoryBlobConnection { nodes: [RepositoryBlob] pageInfo: PageInfo! }
type RepositoryBlob { oid: String! path: String! size: BigInt rawTextBlob: String }
type Tree { blobs(first: Int, after: String): BlobConnection! }
type BlobConnection { nodes: [Blob] pageInfo: PageInfo! }
type Blob { path: String! sha: String! mode: String }
"""
_DISCUSSIONS = "discussions(first: Int, after: String): DiscussionConnection!"
_GITALY = {"blobs": 1, "tree": 1, "diffHeadSha": 1, "diffStatsSummary": 1, "labels": 5}
SCHEMA = graphql.build_schema(_SDL.replace("DISCUSSIONS", _DISCUSSIONS))
OLD_SCHEMA = graphql.build_schema(_SDL.replace("DISCUSSIONS", ""))


def answer(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """What GitLab answers with status 200, refusals included."""
    variables = body.get("variables") or {}
    schema = SCHEMA if world.limits.shows_discussions else OLD_SCHEMA
    document = graphql.parse(body["query"])
    if wrong := graphql.validate(schema, document):
        return {"errors": [{"message": error.message} for error in wrong]}
    operation = document.definitions[0]
    assert isinstance(operation, graphql.OperationDefinitionNode)
    cost = _cost(world, operation.selection_set, variables)
    if cost > world.limits.complexity:
        told = f"Query has complexity of {cost}, which exceeds max complexity of {world.limits.complexity}"
        return {"errors": [{"message": told}]}
    result = graphql.execute_sync(schema, document, _Root(world), variable_values=variables)
    if result.errors:
        return {"data": result.data, "errors": [{"message": error.message} for error in result.errors]}
    return {"data": result.data}


def _cost(world: World, selected: graphql.SelectionSetNode | None, variables: dict[str, Any]) -> int:
    total = 0
    for field in selected.selections if selected else ():
        assert isinstance(field, graphql.FieldNode)
        if not _is_included(field, variables):
            continue
        inner = _cost(world, field.selection_set, variables)
        arguments = {one.name.value: _value(one.value, variables) for one in field.arguments or ()}
        if "paths" in arguments:
            paths = len(arguments["paths"])
            inner += 2 + paths + (300 if world.limits.one_blob_a_query and paths > 1 else 0)
            inner = int(inner * (1 + min(arguments.get("first") or 100, 100) / 100))
        total += 1 + inner + _GITALY.get(field.name.value, 0)
    return total


def _is_included(field: graphql.FieldNode, variables: dict[str, Any]) -> bool:
    return all(_value(one.arguments[0].value, variables) for one in field.directives or ())


def _value(node: Any, variables: dict[str, Any]) -> Any:
    return graphql.value_from_ast_untyped(node, variables)


class _Root:
    def __init__(self, world: World) -> None:
        self._world = world
        self.currentUser = _user(world, BOT)

    def project(self, info: Any, fullPath: str) -> dict[str, Any] | None:
        """By its present name only: this interface follows no old one."""
        for project in self._world.projects.values():
            if project.path == fullPath and BOT in project.members:
                return _project(self._world, project)
        return None


def _project(world: World, project: Project) -> dict[str, Any]:
    return {
        "id": f"gid://gitlab/Project/{project.id}",
        "fullPath": project.path,
        "mergeRequest": lambda info, iid: _merge_request(world, project, iid),
        "repository": {
            "blobs": lambda info, paths, ref, first=100: _blobs(world, project, paths, ref, first),
            "tree": lambda info, path, ref, recursive: _tree(project, ref),
        },
    }


def _merge_request(world: World, project: Project, iid: str) -> dict[str, Any] | None:
    found = project.merge_requests.get(int(iid))
    if found is None:
        return None
    return {
        "id": f"gid://gitlab/MergeRequest/{found.iid + 9000}",
        "title": found.title,
        "state": found.state,
        "draft": found.is_draft,
        "sourceBranch": found.source_branch,
        "targetBranch": found.target_branch,
        "diffHeadSha": found.head,
        "author": _user(world, found.author),
        "labels": lambda info, first: {"nodes": [{"title": name} for name in found.labels[:first]]},
        "diffRefs": _refs(found.refs),
        "diffStatsSummary": {"fileCount": len(project.changed(found))},
        "headPipeline": _pipeline(found),
        "discussions": lambda info, first, after=None: _discussions(world, found, first, after),
    }


def _pipeline(found: MergeRequest) -> dict[str, Any] | None:
    if found.pipeline is None:
        return None
    number, commit = found.pipeline
    return {"id": f"gid://gitlab/Ci::Pipeline/{number}", "sha": commit}


def _discussions(world: World, found: MergeRequest, first: int, after: str | None) -> dict[str, Any]:
    return _page([_discussion(world, one) for one in found.discussions], min(first, 100), after)


def _discussion(world: World, one: Discussion) -> dict[str, Any]:
    kind = "DiffDiscussion" if one.notes[0].position else "Discussion"
    return {
        "id": f"gid://gitlab/{kind}/{one.id}",
        "resolved": one.resolved_by is not None,
        "resolvable": not one.is_individual,
        "resolvedBy": _user(world, one.resolved_by) if one.resolved_by else None,
        "notes": lambda info, first: _page([_note(world, note) for note in one.notes], min(first, 100), None),
    }


def _note(world: World, note: Note) -> dict[str, Any]:
    kind = "DiffNote" if note.position else "Note"
    return {
        "id": f"gid://gitlab/{kind}/{note.id}",
        "body": note.body,
        "system": note.is_system,
        "author": _user(world, note.author),
        "position": _position(note.position),
    }


def _position(position: dict[str, Any] | None) -> dict[str, Any] | None:
    return position and {
        "newPath": position["new_path"],
        "oldPath": position["old_path"],
        "newLine": position.get("new_line"),
        "oldLine": position.get("old_line"),
        "positionType": position["position_type"],
        "diffRefs": _refs(position),
    }


def _refs(refs: dict[str, Any] | None) -> dict[str, str] | None:
    return refs and {"baseSha": refs["base_sha"], "startSha": refs["start_sha"], "headSha": refs["head_sha"]}


def _user(world: World, number: int) -> dict[str, str]:
    return {"id": f"gid://gitlab/User/{number}", "username": world.users[number]}


def _tree(project: Project, ref: str) -> dict[str, Any] | None:
    commit = project.resolve(ref)
    if commit is None:
        return None
    nodes = [{"path": path, "sha": oid, "mode": mode} for path, oid, mode in project.entries(commit)]
    return {"blobs": lambda info, first, after=None: _page(nodes, min(first, 100), after)}


def _page(nodes: list[dict[str, Any]], first: int, after: str | None) -> dict[str, Any]:
    """Cursors of lists are the place in them, coded."""
    start = int(base64.urlsafe_b64decode(after + "==")) if after else 0
    end = min(start + first, len(nodes))
    cursor = base64.urlsafe_b64encode(str(end).encode()).decode().rstrip("=") if nodes[start:end] else None
    return {"nodes": nodes[start:end], "pageInfo": {"hasNextPage": end < len(nodes), "endCursor": cursor}}


def _blobs(world: World, project: Project, paths: list[str], ref: str, first: int) -> dict[str, Any]:
    commit = project.resolve(ref)
    nodes = [_blob(commit, path) for path in paths if commit and path in commit.files]
    if sum(node["size"] for node in nodes) > world.limits.blob_bytes:
        raise ValueError("Combined size of requested blobs exceeds the maximum")
    return _page(nodes, min(first, 100), None)


def _blob(commit: Commit, path: str) -> dict[str, Any]:
    content = commit.files[path]
    text = None if b"\0" in content else content.decode("utf-8", "replace")
    return {"oid": blob_id(content), "path": path, "size": len(content), "rawTextBlob": text}
