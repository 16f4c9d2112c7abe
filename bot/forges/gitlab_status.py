"""The commit status: one line beside the pipelines that says how the review went.

A status without a pipeline makes one for its branch, which a merge request that shows another pipeline does
not count; with the wrong pipeline it could let a merge pass. So it names the merge request's own where there
is one, else the branch. https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import NotFound, Unclear
from bot.forges.base import Conclusion, Summary
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_errors import Refused

NAME = "shipworthy"
FINISHED = frozenset({"success", "failed", "canceled"})
_LONGEST = 255
_SAME_STATE = "Cannot transition"

STATES: Mapping[Conclusion, str] = {
    Conclusion.SUCCESS: "success",
    Conclusion.NEUTRAL: "success",
    Conclusion.SKIPPED: "success",
    Conclusion.FAILURE: "failed",
    Conclusion.CANCELLED: "canceled",
}


def publish_status(client: Client, change: GitlabChange, summary: Summary) -> None:
    """One request. A status that stands already is as good as one just set."""
    body = _body(summary)
    if change.pipeline:
        try:
            return _send(client, change, {**body, "pipeline_id": int(change.pipeline)})
        except (NotFound, Refused):
            """The pipeline is a fork's, or was taken away."""
    return _send(client, change, {**body, "ref": change.head_branch})


def statuses(client: Client, project: str, commit: str) -> list[Mapping[str, Any]]:
    """Those of ours on a commit, the newest first."""
    path = f"/projects/{project}/repository/commits/{commit}/statuses"
    found: list[Mapping[str, Any]] = client.read(path, name=NAME, per_page=100)
    return sorted(found, key=lambda one: -int(one["id"]))


def _send(client: Client, change: GitlabChange, body: Mapping[str, Any]) -> None:
    try:
        client.write("POST", f"/projects/{change.project}/statuses/{change.head}", body)
    except Refused as no:
        if _SAME_STATE not in str(no):
            raise
    except Unclear:
        newest = statuses(client, change.project, change.head)[:1]
        if not newest or not _is_same(newest[0], body):
            raise


def _body(summary: Summary) -> dict[str, Any]:
    body = {"state": STATES[summary.conclusion], "name": NAME, "description": _line(summary.title)}
    if summary.details_url and len(summary.details_url) <= _LONGEST:
        body["target_url"] = summary.details_url
    return body


def _is_same(status: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    return bool(status["status"] == body["state"] and status["description"] == body["description"])


def _line(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
