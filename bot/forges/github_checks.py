"""The check run that tells all: one for each head and change, its annotations in batches.

GitHub appends annotations and takes none away, so a run is renewed only where what stands on it still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from analyzers.finding import Severity
from bot.errors import Unclear
from bot.forges.base import Annotation, Button, Summary
from bot.forges.github_change import AnnotationKey, CheckRun, GithubChange
from bot.forges.github_client import Client
from bot.forges.github_limits import (
    ANNOTATIONS_A_REQUEST,
    BUTTON_DESCRIPTION,
    BUTTON_IDENTIFIER,
    BUTTON_LABEL,
    BUTTONS,
    MESSAGE_BYTES,
    SUMMARY,
    TITLE,
    cut_bytes,
    cut_line,
    cut_text,
)
from bot.forges.github_queries import CHECK_NAME

_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "failure",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}

ReadRun = Callable[[], CheckRun | None]


def publish(client: Client, change: GithubChange, summary: Summary, find_run: ReadRun) -> None:
    """Create or renew our check run. `find_run` looks what stands there after an answer was lost."""
    try:
        _publish(client, change, summary, change.check_run)
    except Unclear:
        landed = find_run()
        if landed is None or landed == change.check_run:
            raise
        _publish(client, change, summary, landed)


def _publish(client: Client, change: GithubChange, summary: Summary, run: CheckRun | None) -> None:
    annotations = [_annotation(one) for one in summary.annotations]
    standing = _standing(run)
    still_holds = standing is not None and standing <= set(map(_key, annotations))
    number = _number(client, change, run) if run and still_holds else 0
    missing = [one for one in annotations if not number or _key(one) not in (standing or ())]
    batches = _batches(missing)
    for batch in batches[:-1]:
        number = _send(client, change, summary, batch, number, is_last=False)
    _send(client, change, summary, batches[-1], number, is_last=True)


def _number(client: Client, change: GithubChange, run: CheckRun) -> int:
    """The number REST knows the run by; 0 where it cannot be found."""
    if run.id:
        return run.id
    listed = look_up(client, change.repository, change.head, change.external_id)
    return listed.id if listed else 0


def look_up(client: Client, repository: str, head: str, named: str) -> CheckRun | None:
    """Our newest run on a commit, as REST lists it: how many annotations it has, but not which."""
    path = f"/repos/{quote(repository)}/commits/{head}/check-runs"
    listed = client.read(path, check_name=CHECK_NAME, filter="all", per_page=100)["check_runs"]
    runs = [one for one in listed if one["external_id"] == named]
    if not runs:
        return None
    newest = max(runs, key=lambda one: int(one["id"]))
    is_bare = newest["output"]["annotations_count"] == 0
    return CheckRun(newest["id"], newest["status"] == "completed", () if is_bare else None)


def _send(
    client: Client,
    change: GithubChange,
    summary: Summary,
    annotations: Sequence[Mapping[str, Any]],
    number: int,
    *,
    is_last: bool,
) -> int:
    """The number of the run. Without one it is created."""
    runs = f"/repos/{quote(change.repository)}/check-runs"
    body = _body(change, summary, annotations, is_last)
    if number:
        client.write("PATCH", f"{runs}/{number}", body)
        return number
    return int(client.write("POST", runs, {**body, "head_sha": change.head})["id"])


def _body(
    change: GithubChange, summary: Summary, annotations: Sequence[Mapping[str, Any]], is_last: bool
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "name": CHECK_NAME,
        "external_id": change.external_id,
        "status": "completed" if is_last else "in_progress",
        "output": {
            "title": cut_line(summary.title, TITLE),
            "summary": cut_text(summary.body, SUMMARY),
            "annotations": list(annotations),
        },
    }
    if is_last:
        body["conclusion"] = summary.conclusion.value
        body["actions"] = [_action(button) for button in summary.buttons[:BUTTONS]]
    if summary.details_url:
        body["details_url"] = summary.details_url
    return body


def _action(button: Button) -> dict[str, str]:
    """One word too long has the whole check run refused."""
    return {
        "label": cut_line(button.label, BUTTON_LABEL),
        "description": cut_line(button.description, BUTTON_DESCRIPTION),
        "identifier": cut_line(button.order, BUTTON_IDENTIFIER),
    }


def _annotation(one: Annotation) -> dict[str, Any]:
    return {
        "path": one.path,
        "start_line": one.start_line,
        "end_line": max(one.start_line, one.end_line),
        "annotation_level": _LEVELS[one.severity],
        "title": cut_line(one.title, TITLE),
        "message": cut_bytes(one.message, MESSAGE_BYTES),
    }


def _key(annotation: Mapping[str, Any]) -> AnnotationKey:
    return AnnotationKey(
        annotation["path"],
        annotation["start_line"],
        annotation["end_line"],
        annotation["title"],
        annotation["message"],
    )


def _standing(run: CheckRun | None) -> set[AnnotationKey] | None:
    """What stands on a run; None where there is no run, or too much on it to know."""
    return None if run is None or run.annotations is None else set(run.annotations)


def _batches(annotations: Sequence[Mapping[str, Any]]) -> list[Sequence[Mapping[str, Any]]]:
    """At least one, which may be empty."""
    size = ANNOTATIONS_A_REQUEST
    return [annotations[start : start + size] for start in range(0, max(1, len(annotations)), size)]
