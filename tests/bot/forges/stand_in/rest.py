"""The REST endpoints the adapter uses, with the rules GitHub enforces on them.

Facts: https://github.com/github/rest-api-description and the refusals seen in practice.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bot.forges.stand_in.diffs import ChangedFile
from tests.bot.forges.stand_in.refusal import Refusal
from tests.bot.forges.stand_in.world import (
    BOT,
    LINK,
    REGULAR,
    SUBMODULE,
    Commit,
    PullRequest,
    Repository,
    Thread,
    World,
    object_id,
)

Query = Mapping[str, str]
Answer = tuple[int, Any]
Handler = Callable[[World, Repository, tuple[str, ...], Query, dict[str, Any]], Answer]

ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []
CONCLUSIONS = {"action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out"}


def route(method: str, pattern: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        ROUTES.append((method, re.compile(pattern), handler))
        return handler

    return register


@route("GET", r"compare/(\w+)\.\.\.(\w+)")
def comparison(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    base, head = names
    if not {base, head} <= repository.commits.keys():
        raise Refusal(404, "Not Found")
    files = _files(world, repository.changed(base, head)[: world.compare_limit])
    size, page = int(query.get("per_page", "250")), int(query.get("page", "1"))
    ahead = repository.ahead(base, head)
    answer: dict[str, Any] = {
        "merge_base_commit": {"sha": repository.merge_base(base, head)},
        "total_commits": len(ahead),
        "commits": [{"sha": sha} for sha in ahead[(page - 1) * size : page * size]],
    }
    if page == 1:
        answer["files"] = files
    return 200, answer


@route("GET", r"pulls/(\d+)")
def pull_request(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    pull = _pull(repository, names[0])
    return 200, {"number": pull.number, "user": {"login": pull.author}, "head": {"sha": pull.head}}


@route("GET", r"pulls/(\d+)/files")
def pull_files(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    pull = _pull(repository, names[0])
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    files = repository.changed(pull.base, pull.head)[:3000]
    return 200, _files(world, files[(page - 1) * size : page * size])


@route("GET", r"git/trees/(\w+)")
def tree(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    commit = repository.commits[names[0]]
    entries = [
        _entry(commit, path) for path in sorted(commit.files) if "recursive" in query or "/" not in path
    ]
    return 200, {"tree": entries[: world.tree_limit], "truncated": len(entries) > world.tree_limit}


def _entry(commit: Commit, path: str) -> dict[str, Any]:
    content = commit.files[path]
    entry = {"path": path, "sha": object_id(content)}
    if content.startswith(SUBMODULE):
        return {**entry, "type": "commit", "mode": "160000"}
    mode = LINK if path in commit.links else REGULAR
    return {**entry, "type": "blob", "mode": mode, "size": len(content)}


@route("GET", r"git/blobs/(\w+)")
def blob(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    content = repository.blob(names[0])
    if content is None:
        raise Refusal(404, "Not Found")
    return 200, {"content": base64.encodebytes(content).decode(), "encoding": "base64", "sha": names[0]}


@route("GET", r"collaborators/([^/]+)/permission")
def permission(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    if names[0] not in repository.permissions:
        raise Refusal(404, f"{names[0]} is not a user")
    return 200, {"permission": repository.permissions[names[0]]}


@route("POST", r"(issues|pulls)/comments/(\d+)/reactions")
def reaction(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    if body["content"] not in ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"):
        raise Refusal(422, "Validation Failed")
    repository.reactions.append((names[0], int(names[1]), body["content"]))
    return 201, {"content": body["content"]}


@route("POST", r"pulls/(\d+)/reviews")
def review(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    """All comments or none."""
    pull = _pull(repository, names[0])
    if body.get("event") != "COMMENT" or not (body.get("body") or body["comments"]):
        raise Refusal(422, "Unprocessable Entity", ["the review would stay pending, or be empty"])
    for comment in body["comments"]:
        if "subject_type" in comment:
            raise Refusal(422, "Invalid request")
        _check_anchor(repository, pull, body["commit_id"], comment)
    for comment in body["comments"]:
        _begin_thread(world, pull, body["commit_id"], comment)
    pull.reviews.append(body)
    return 200, {"id": world.next_number()}


@route("POST", r"pulls/(\d+)/comments")
def review_comment(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    pull = _pull(repository, names[0])
    _check_anchor(repository, pull, body["commit_id"], body)
    _begin_thread(world, pull, body["commit_id"], body)
    return 201, {"id": pull.threads[-1].comments[0].id}


@route("POST", r"check-runs")
def new_check_run(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    if body["head_sha"] not in repository.commits:
        raise Refusal(422, f"No commit found for SHA: {body['head_sha']}")
    run = {"id": world.next_number(), "head_sha": body["head_sha"], "annotations": []}
    _renew(run, body)
    repository.check_runs[run["id"]] = run
    return 201, {"id": run["id"]}


@route("PATCH", r"check-runs/(\d+)")
def old_check_run(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    _renew(repository.check_runs[int(names[0])], body)
    return 200, {"id": int(names[0])}


@route("GET", r"commits/(\w+)/check-runs")
def check_runs(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    runs = [
        {**run, "output": {"annotations_count": len(run["annotations"])}}
        for run in repository.check_runs.values()
        if run["head_sha"] == names[0]
    ]
    return 200, {"total_count": len(runs), "check_runs": runs}


@route("GET", r"installation")
def installation(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    return 200, {"id": world.installation}


def access_token(world: World, count: int) -> tuple[str, dict[str, Any]]:
    """In the form GitHub uses since 2026: long, with dots."""
    token = f"ghs_{world.app_id}_{count}" + "A" * 400 + ".eyJ0.x-y_z"
    expires = datetime.now(UTC) + timedelta(hours=1)
    return token, {"token": token, "expires_at": expires.strftime("%Y-%m-%dT%H:%M:%SZ"), "permissions": {}}


def _pull(repository: Repository, number: str) -> PullRequest:
    if int(number) not in repository.pulls:
        raise Refusal(404, "Not Found")
    return repository.pulls[int(number)]


def _files(world: World, files: list[ChangedFile]) -> list[dict[str, Any]]:
    """Past so many lines in one answer, files look as if nothing had changed in them."""
    shown, entries = 0, []
    for file in files:
        entry = _file(file)
        if len(entry.get("patch", "")) > world.patch_length:
            entry.pop("patch")
        shown += file.changes
        if shown > world.patch_lines:
            entry.pop("patch", None)
            entry |= {"changes": 0, "additions": 0}
        entries.append(entry)
    return entries


def _file(file: ChangedFile) -> dict[str, Any]:
    content = file.before if file.status == "removed" else file.after
    entry = {
        "filename": file.path,
        "status": file.status,
        "sha": object_id(content),
        "changes": file.changes,
        "additions": file.changes,
        "deletions": 0,
    }
    if file.patch is not None:
        entry["patch"] = file.patch
    if file.previous:
        entry["previous_filename"] = file.previous
    return entry


def _check_anchor(repository: Repository, pull: PullRequest, commit: str, comment: dict[str, Any]) -> None:
    if not 0 < len(comment["body"]) <= 65_536:
        raise Refusal(422, "Unprocessable Entity", ["Body is too long (maximum is 65536 characters)"])
    files = {file.path: file for file in repository.changed(pull.base, commit)}
    file = files.get(comment["path"])
    if file is None:
        raise Refusal(422, "Unprocessable Entity", ["Path could not be resolved"])
    if comment.get("subject_type") == "file":
        return
    hunk = file.hunk_of(comment["line"])
    if comment["side"] != "RIGHT" or hunk is None:
        raise Refusal(422, "Unprocessable Entity", ["Line could not be resolved"])
    start = comment.get("start_line")
    if start is not None and (start >= comment["line"] or file.hunk_of(start) != hunk):
        raise Refusal(422, "Unprocessable Entity", ["Start line must precede the end line."])


def _begin_thread(world: World, pull: PullRequest, commit: str, comment: dict[str, Any]) -> None:
    first = world.comment(BOT, comment["body"])
    line, start = comment.get("line"), comment.get("start_line")
    thread = Thread(f"T{first.id}", comment["path"], line, start, commit, [first])
    thread.reads_behind = world.reads_behind
    pull.threads.append(thread)


def _renew(run: dict[str, Any], body: dict[str, Any]) -> None:
    """Annotations are appended, everything else is replaced."""
    output = body["output"]
    if body["status"] == "completed" and body.get("conclusion") not in CONCLUSIONS:
        raise Refusal(422, 'Invalid request. "conclusion" was not supplied.')
    if len(output["annotations"]) > 50:
        raise Refusal(422, "Invalid request. No more than 50 items are allowed in annotations.")
    if len(output["summary"]) > 65_535 or len(output["title"]) > 255:
        raise Refusal(422, "Invalid request. Only 65535 characters are allowed.")
    for annotation in output["annotations"]:
        if annotation["annotation_level"] not in ("notice", "warning", "failure"):
            raise Refusal(422, "Invalid request. annotation_level")
        if annotation["start_line"] > annotation["end_line"] or len(annotation["message"].encode()) > 65_536:
            raise Refusal(422, "Validation Failed")
    actions = body.get("actions", [])
    if len(actions) > 3 or any(
        len(one[name]) > most
        for one in actions
        for name, most in (("label", 20), ("description", 40), ("identifier", 20))
    ):
        raise Refusal(422, "Invalid request. actions")
    run["annotations"] = run["annotations"] + output["annotations"]
    kept: dict[str, Any] = {
        name: body[name] for name in ("name", "external_id", "status", "details_url") if name in body
    }
    run["actions"] = actions
    run.update(kept, conclusion=body.get("conclusion"), title=output["title"], summary=output["summary"])
