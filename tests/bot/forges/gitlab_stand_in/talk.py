"""The endpoints for what is said on a merge request: notes, discussions, drafts, signs."""

from __future__ import annotations

import re
from typing import Any

from tests.bot.forges.gitlab_stand_in.diffs import code_at, codes
from tests.bot.forges.gitlab_stand_in.rest import ROUTES, Answer, Query, find, refuse, route
from tests.bot.forges.gitlab_stand_in.world import BOT, Discussion, Draft, MergeRequest, Note, Project, World
from tests.bot.forges.stand_in.diffs import compare

__all__ = ["ROUTES"]

_NO_LINE = '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}'


@route("GET", r"merge_requests/(\d+)/discussions")
def discussions(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    return 200, [_told(world, one) for one in find(project, names[0]).discussions]


@route("GET", r"merge_requests/(\d+)/discussions/(\w+)")
def discussion(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    return 200, _told(world, _discussion(find(project, names[0]), names[1]))


@route("POST", r"merge_requests/(\d+)/discussions")
def new_discussion(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    position = body.get("position")
    if position and not _code(world, project, found, position):
        raise refuse(400, _NO_LINE)
    _count_note(world)
    begun = _begin(world, found, body["body"], position, is_individual=False)
    found.notifications.append(1)
    return 201, _told(world, begun)


@route("PUT", r"merge_requests/(\d+)/discussions/(\w+)")
def resolve(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    one = _discussion(find(project, names[0]), names[1])
    if one.is_individual or project.members[BOT]["access_level"] < 30:
        raise refuse(403, "403 Forbidden")
    one.resolved_by = BOT if body["resolved"] else None
    return 200, _told(world, one)


@route("PUT", r"merge_requests/(\d+)/discussions/(\w+)/notes/(\d+)")
def edit_in_discussion(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    return _edit(world, find(project, names[0]), names[2], body)


@route("POST", r"merge_requests/(\d+)/discussions/(\w+)/notes")
def answer_in_discussion(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    one = _discussion(find(project, names[0]), names[1])
    _count_note(world)
    world.orders += orders(body["body"])
    one.is_individual = False
    one.notes.append(Note(world.next_number(), BOT, body["body"]))
    return 201, _told_note(world, one, one.notes[-1])


@route("GET", r"merge_requests/(\d+)/notes")
def notes(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    told = [_told_note(world, one, note) for one in found.discussions for note in one.notes]
    return 200, sorted(told, key=lambda note: int(note["id"]), reverse=query.get("sort", "desc") == "desc")


@route("POST", r"merge_requests/(\d+)/notes")
def new_note(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    _count_note(world)
    found.notifications.append(1)
    begun = _begin(world, found, body["body"], None, is_individual=True)
    return 201, _told_note(world, begun, begun.notes[0])


@route("PUT", r"merge_requests/(\d+)/notes/(\d+)")
def edit_note(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    return _edit(world, find(project, names[0]), names[1], body)


@route("POST", r"merge_requests/(\d+)/notes/(\d+)/award_emoji")
def award(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    note = _note(find(project, names[0]), names[1])
    if (BOT, body["name"]) in note.awards:
        raise refuse(404, "404 Award Emoji Name has already been taken Not Found")
    note.awards.append((BOT, body["name"]))
    return 201, {"name": body["name"]}


@route("GET", r"merge_requests/(\d+)/notes/(\d+)/award_emoji")
def awards(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    note = _note(find(project, names[0]), names[1])
    return 200, [{"name": name, "user": {"id": user}} for user, name in note.awards]


@route("GET", r"merge_requests/(\d+)/draft_notes")
def drafts(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    """Nobody sees another's."""
    return 200, [_told_draft(one) for one in find(project, names[0]).drafts if one.author == BOT]


@route("POST", r"merge_requests/(\d+)/draft_notes")
def new_draft(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    """A line that the diff does not have is found out only on publishing."""
    found = find(project, names[0])
    position = body.get("position")
    code = _code(world, project, found, position) if position else None
    _count_note(world)
    found.drafts.append(Draft(world.next_number(), BOT, body["note"], position, code))
    return 201, _told_draft(found.drafts[-1])


@route("DELETE", r"merge_requests/(\d+)/draft_notes/(\d+)")
def drop_draft(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    found = find(project, names[0])
    found.drafts = [one for one in found.drafts if one.id != int(names[1])]
    return 204, None


@route("POST", r"merge_requests/(\d+)/draft_notes/bulk_publish")
def publish_drafts(world: World, project: Project, names: Any, query: Query, body: Any) -> Answer:
    """All drafts of this user, with one notification. Those without a valid line are lost."""
    found = find(project, names[0])
    own = [one for one in found.drafts if one.author == BOT]
    found.drafts = [one for one in found.drafts if one.author != BOT]
    valid = [one for one in own if not one.position or one.line_code]
    for one in valid:
        _begin(world, found, one.note, one.position, is_individual=one.position is None)
    if valid:
        found.notifications.append(len(valid))
    return 204, None


def _code(world: World, project: Project, found: MergeRequest, position: dict[str, Any]) -> str | None:
    """What names the place of a comment; None where GitLab finds none. Refuses what is no position."""
    named = ("base_sha", "start_sha", "head_sha", "position_type")
    if missing := [name for name in named if not position.get(name)]:
        raise refuse(400, f"position[{missing[0]}] is missing")
    if position["position_type"] == "file" and not world.limits.takes_file_positions:
        raise refuse(400, "position[position_type] does not have a valid value")
    base, head = position["base_sha"], position["head_sha"]
    if head not in found.heads or position["start_sha"] != base:
        return None
    files = compare(project.commits[base].files, project.commits[head].files)
    file = next((one for one in files if one.path == position.get("new_path")), None)
    if file is None or position.get("old_path") != (file.previous or file.path):
        return None
    if position["position_type"] == "file":
        return "file"
    ends = (position.get("line_range") or {}).values()
    if any(end.get("line_code") not in codes(file) for end in ends):
        return None
    return code_at(file, position)


def orders(body: str) -> list[str]:
    """What is carried out of a comment: as versions do that end a code block at three backticks."""
    outside = re.sub(r"^```.+?\n```$", "", body, flags=re.S | re.M)
    return re.findall(r"^/[a-z_]+.*$", outside, flags=re.M)


def _count_note(world: World) -> None:
    world.notes_made += 1
    if world.notes_made > world.limits.notes_a_minute:
        raise refuse(429, "This endpoint has been requested too many times. Try again later.")


def _begin(
    world: World, found: MergeRequest, body: str, position: dict[str, Any] | None, *, is_individual: bool
) -> Discussion:
    world.orders += orders(body)
    begun = world.say(found, BOT, body)
    begun.is_individual = is_individual
    begun.notes[0].position = dict(position) if position else None
    return begun


def _edit(world: World, found: MergeRequest, number: str, body: dict[str, Any]) -> Answer:
    note = _note(found, number)
    if note.author != BOT:
        raise refuse(403, "403 Forbidden")
    note.body = body["body"]
    return 200, {"id": note.id}


def _note(found: MergeRequest, number: str) -> Note:
    for one in found.discussions:
        for note in one.notes:
            if note.id == int(number):
                return note
    raise refuse(404, "404 Not found")


def _discussion(found: MergeRequest, name: str) -> Discussion:
    for one in found.discussions:
        if one.id == name:
            return one
    raise refuse(404, "404 Discussion Not Found")


def _told(world: World, one: Discussion) -> dict[str, Any]:
    told = [_told_note(world, one, note) for note in one.notes]
    return {"id": one.id, "individual_note": one.is_individual, "notes": told}


def _told_note(world: World, one: Discussion, note: Note) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": note.id,
        "body": note.body,
        "system": note.is_system,
        "author": {"id": note.author, "username": world.users[note.author]},
        "resolvable": not one.is_individual,
    }
    if not one.is_individual:
        by = {"id": one.resolved_by} if one.resolved_by else None
        told |= {"resolved": by is not None, "resolved_by": by}
    if note.position:
        told["position"] = note.position
    return told


def _told_draft(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "author_id": draft.author,
        "note": draft.note,
        "position": draft.position,
        "line_code": draft.line_code,
    }
