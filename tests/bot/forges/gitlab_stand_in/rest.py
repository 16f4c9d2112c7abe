"""The REST endpoints the adapter uses, with the rules GitLab enforces on them.

Facts: https://docs.gitlab.com/api/ and the refusals seen in practice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.bot.forges.gitlab_stand_in.diffs import patch
from tests.bot.forges.gitlab_stand_in.world import BOT, LINK, REGULAR, MergeRequest, Project, World
from tests.bot.forges.stand_in.diffs import ChangedFile
from tests.bot.forges.stand_in.refusal import Refusal

Query = Mapping[str, str]
Answer = tuple[int, Any]
Handler = Callable[[World, Project, tuple[str, ...], Query, dict[str, Any]], Answer]

ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


def route(method: str, pattern: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        ROUTES.append((method, re.compile(pattern), handler))
        return handler

    return register


def refuse(status: int, message: str) -> Refusal:
    return Refusal(status, message)


@route("GET", "")
def project(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    return 200, told_project(project)


def told_project(project: Project) -> dict[str, Any]:
    return {"id": project.id, "path_with_namespace": project.path, "visibility": project.visibility}


@route("GET", r"merge_requests")
def merge_requests(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = [one for one in project.merge_requests.values() if query.get("state") in (None, one.state)]
    branch = query.get("target_branch")
    return 200, [_told(world, project, one) for one in found if branch in (None, one.target_branch)]


@route("GET", r"merge_requests/(\d+)")
def merge_request(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    pipeline = found.pipeline and {"id": found.pipeline[0], "sha": found.pipeline[1]}
    single = {"diff_refs": found.refs, "head_pipeline": pipeline}
    return 200, {**_told(world, project, found), **single, "changes_count": _count(world, project, found)}


def _count(world: World, project: Project, found: MergeRequest) -> str:
    count = len(project.changed(found))
    return f"{world.limits.files_listed}+" if count > world.limits.files_listed else str(count)


def _told(world: World, project: Project, found: MergeRequest) -> dict[str, Any]:
    return {
        "id": found.iid + 9000,
        "iid": found.iid,
        "project_id": project.id,
        "title": found.title,
        "state": found.state,
        "draft": found.is_draft,
        "sha": found.head,
        "labels": found.labels,
        "source_branch": found.source_branch,
        "target_branch": found.target_branch,
        "author": {"id": found.author, "username": world.users[found.author]},
        "references": {"full": f"{project.path}!{found.iid}"},
        "updated_at": found.touched.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


@route("GET", r"merge_requests/(\d+)/diffs")
def diffs(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    links = project.commits[found.head].links
    files = project.changed(found)[: world.limits.files_listed]
    return 200, [_diff(world, file, links) for file in files]


def _diff(world: World, file: ChangedFile, links: frozenset[str]) -> dict[str, Any]:
    """A file past the limits is collapsed: it comes with an empty diff."""
    text = patch(file)
    is_collapsed = text.count("\n") > world.limits.patch_lines
    if file.is_binary:
        text = f"Binary files a/{file.previous or file.path} and b/{file.path} differ\n"
    mode = LINK if file.path in links else REGULAR
    return {
        "old_path": file.previous or file.path,
        "new_path": file.path,
        "a_mode": "0" if file.status == "added" else mode,
        "b_mode": "0" if file.status == "removed" else mode,
        "new_file": file.status == "added",
        "renamed_file": file.status == "renamed",
        "deleted_file": file.status == "removed",
        "collapsed": is_collapsed,
        "too_large": False,
        "diff": "" if is_collapsed else text,
    }


@route("GET", r"repository/tree")
def tree(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    commit = project.resolve(query["ref"])
    if commit is None:
        raise refuse(404, "404 Tree Not Found")
    folders = {path.rpartition("/")[0] for path in commit.files} - {""}
    listed = [{"type": "tree", "path": path, "id": "0" * 40, "mode": "040000"} for path in sorted(folders)]
    for path, oid, mode in project.entries(commit):
        listed.append({"type": "blob", "path": path, "id": oid, "mode": mode})
    return 200, listed if query.get("recursive") else [one for one in listed if "/" not in one["path"]]


@route("GET", r"repository/blobs/(\w+)/raw")
def raw_blob(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    content = project.blob(names[0])
    if content is None:
        raise refuse(404, "404 Blob Not Found")
    return 200, content


@route("GET", r"repository/files/(.+)/raw")
def raw_file(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    commit = project.resolve(query["ref"])
    if commit is None or names[0] not in commit.files:
        raise refuse(404, "404 File Not Found")
    return 200, commit.files[names[0]]


@route("GET", r"members/all/(\d+)")
def member(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    if int(names[0]) not in project.members:
        raise refuse(404, "404 Not found")
    return 200, {"id": int(names[0]), **project.members[int(names[0])]}


STARTS = {
    "pending": {None},
    "running": {None, "pending"},
    "success": {None, "pending", "running"},
    "failed": {None, "pending", "running"},
    "canceled": {None, "pending", "running"},
}


@route("POST", r"statuses/(\w+)")
def new_status(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    """A running status is moved on; a finished one is followed by another."""
    if project.members[BOT]["access_level"] < 30:
        raise refuse(403, "403 Forbidden")
    if names[0] not in project.commits:
        raise refuse(404, "404 Commit Not Found")
    if body["state"] not in STARTS or len(body.get("description", "")) > 255:
        raise refuse(400, "state does not have a valid value")
    pipelines = {one.pipeline for one in project.merge_requests.values() if one.pipeline}
    if "pipeline_id" in body and (body["pipeline_id"], names[0]) not in pipelines:
        raise refuse(404, "404 Pipeline for pipeline_id, sha and ref Not Found")
    of_commit = [one for one in project.statuses if one["sha"] == names[0]]
    running = [one for one in of_commit if one["status"] in ("pending", "running")]
    before = running[-1]["status"] if running else None
    if before not in STARTS[body["state"]]:
        raise refuse(400, f"Cannot transition status via :enqueue from :{before}")
    status = running[-1] if running else {"id": world.next_number(), "sha": names[0], "author": {"id": BOT}}
    if not running:
        project.statuses.append(status)
    status |= {"status": body["state"], **{name: value for name, value in body.items() if name != "state"}}
    return 201, status


@route("GET", r"repository/commits/(\w+)/statuses")
def statuses(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    wanted = (names[0], query.get("name"))
    return 200, [one for one in project.statuses if (one["sha"], one["name"]) == wanted]


@route("GET", r"hooks")
def hooks(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    _check_maintainer(project)
    hook = {"url": "https://bot.example.com/webhooks/gitlab", "alert_status": world.hook_status}
    return 200, [{**hook, "id": number} for number in project.hooks]


@route("GET", r"hooks/(\d+)/events")
def hook_events(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    _check_maintainer(project)
    return 200, list(reversed(project.hooks[int(names[0])]))


@route("POST", r"hooks/(\d+)/events/(\d+)/resend")
def resend(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    _check_maintainer(project)
    world.resent.append((int(names[0]), int(names[1])))
    return 201, {"response_status": 200}


def _check_maintainer(project: Project) -> None:
    if project.members[BOT]["access_level"] < 40:
        raise refuse(403, "403 Forbidden")


def find(project: Project, number: str) -> MergeRequest:
    if int(number) not in project.merge_requests:
        raise refuse(404, "404 Not found")
    return project.merge_requests[int(number)]
