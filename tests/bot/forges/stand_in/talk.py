"""What is said on a pull request in words: comments below it, and replies in conversations."""

from __future__ import annotations

from typing import Any

from tests.bot.forges.stand_in.refusal import Refusal
from tests.bot.forges.stand_in.rest import ROUTES, Answer, Query, route
from tests.bot.forges.stand_in.world import BOT, PullRequest, Repository, World

__all__ = ["ROUTES"]

_LONGEST = 65_536


@route("POST", r"issues/(\d+)/comments")
def issue_comment(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    pull = _pull(repository, names[0])
    comment = world.comment(BOT, _checked(body))
    pull.comments.append(comment)
    return 201, {"id": comment.id}


@route("POST", r"pulls/(\d+)/comments/(\d+)/replies")
def reply(world: World, repository: Repository, names: Any, query: Query, body: Any) -> Answer:
    """Only the first comment of a conversation can be answered."""
    threads = _pull(repository, names[0]).threads
    thread = next((one for one in threads if one.comments[0].id == int(names[1])), None)
    if thread is None:
        raise Refusal(404, "Not Found")
    comment = world.comment(BOT, _checked(body))
    thread.comments.append(comment)
    return 201, {"id": comment.id}


def _pull(repository: Repository, number: str) -> PullRequest:
    if int(number) not in repository.pulls:
        raise Refusal(404, "Not Found")
    return repository.pulls[int(number)]


def _checked(body: Any) -> str:
    if not 0 < len(body["body"]) <= _LONGEST:
        raise Refusal(422, "Validation Failed", ["body is too long (maximum is 65536 characters)"])
    return str(body["body"])
