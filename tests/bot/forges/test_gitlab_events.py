"""Deliveries of GitLab read: which ask for a review, which for nothing, and which make no sense."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.forges.gitlab_events import read_event

PAYLOADS = Path(__file__).parent.parent / "payloads" / "gitlab"
CHANGE = ChangeRef("gitlab", "acme/backend/shop", 7, "token")
REPOSITORY = ChangeRef("gitlab", "acme/backend/shop", 0, "token")
HEAD = "1" * 40
PUSHED = Request(CHANGE, Trigger.PUSH, "ann", HEAD, actor_id="42")
CLOSED = replace(PUSHED, trigger=Trigger.CLOSED)
RECHECK = CommentRef("1244", "/recheck", "note", "d0" * 20)
SAID = Request(CHANGE, Trigger.COMMAND, "ann", comment=RECHECK, actor_id="42")
REPLIED = replace(SAID, comment=replace(RECHECK, body="/shipworthy ignore built for tests only"))
PRESSED = Request(CHANGE, Trigger.COMMAND, "ann", actor_id="42", order="/recheck")
SURVEY = Request(REPOSITORY, Trigger.SURVEY, "ann", branch="main")


def payload(file: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{file}.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize(
    "file",
    [
        "merge_request.update.label",
        "merge_request.update.nothing",
        "merge_request.approved",
        "note.update",
        "note.system",
        "note.chat",
        "note.issue",
        "emoji.revoke",
        "emoji.thumbs",
        "emoji.issue",
        "push.code",
        "push.tag",
        "system.project_create",
    ],
)
def test_nothing_is_asked(file: str) -> None:
    assert read_event("any", payload(file)) is None


@pytest.mark.parametrize(
    ("file", "request_read"),
    [
        ("merge_request.open", PUSHED),
        ("merge_request.reopen", PUSHED),
        ("merge_request.update.pushed", PUSHED),
        ("merge_request.update.ready", PUSHED),
        ("merge_request.update.target", PUSHED),
        ("system.merge_request", PUSHED),
        ("merge_request.close", CLOSED),
        ("merge_request.merge", CLOSED),
        ("note.create", SAID),
        ("note.older", SAID),
        ("note.reply", REPLIED),
        ("emoji.again", PRESSED),
        ("push.settings", SURVEY),
        ("push.many", SURVEY),
    ],
)
def test_something_is_asked(file: str, request_read: Request) -> None:
    assert read_event("any", payload(file)) == request_read


def test_each_instance_has_changes_of_its_own() -> None:
    read = read_event("any", payload("merge_request.open"), "gitlab-lab")

    assert read
    assert read.change.key == "gitlab-lab:acme/backend/shop#7"


@pytest.mark.parametrize("file", sorted(path.stem for path in PAYLOADS.glob("*.json")))
def test_a_key_less_is_read_or_refused_but_breaks_nothing(file: str) -> None:
    whole = payload(file)
    for path in _paths(whole):
        cut = _without(whole, path)
        try:
            read_event("any", cut)
        except Malformed as reason:
            assert "cannot be read" in str(reason)  # noqa: PT017


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("path_with_namespace", "../../user", id="a way out of the address"),
        pytest.param("path_with_namespace", "shop", id="no group"),
        pytest.param("path_with_namespace", "acme/shop\n", id="a line break in the name"),
        pytest.param("path_with_namespace", "a/" * 300 + "b", id="a name without end"),
        pytest.param("iid", 10**50, id="a number without end"),
        pytest.param("iid", "7", id="a number that is none"),
        pytest.param("iid", 0, id="nothing"),
    ],
)
def test_hostile_values_are_refused(key: str, value: object) -> None:
    hostile = payload("merge_request.open")
    hostile["project" if key.startswith("path") else "object_attributes"][key] = value

    with pytest.raises(Malformed):
        read_event("any", hostile)


def _paths(value: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(value, dict):
        return []
    inner = [path for key, one in value.items() for path in _paths(one, (*at, key))]
    return [(*at, key) for key in value] + inner


def _without(whole: Any, path: tuple[str, ...]) -> Any:
    cut = copy.deepcopy(whole)
    place = cut
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return cut
