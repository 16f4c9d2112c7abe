"""What GitHub's own description says of the bodies we send, by the models that `githubkit` makes of it.

The description allows unknown keys, and GitHub drops them silently; here they are violations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from githubkit_schemas.v2022_11_28 import models
from pydantic import BaseModel, TypeAdapter, ValidationError

_REPOSITORY = r"/repos/[^/]+/[^/]+/"

_BODIES: Mapping[tuple[str, str], Any] = {
    ("POST", r"/app/installations/\d+/access_tokens"): (
        models.AppInstallationsInstallationIdAccessTokensPostBody
    ),
    ("POST", _REPOSITORY + r"pulls/\d+/reviews"): models.ReposOwnerRepoPullsPullNumberReviewsPostBody,
    ("POST", _REPOSITORY + r"pulls/\d+/comments"): models.ReposOwnerRepoPullsPullNumberCommentsPostBody,
    ("POST", _REPOSITORY + r"pulls/\d+/comments/\d+/replies"): (
        models.ReposOwnerRepoPullsPullNumberCommentsCommentIdRepliesPostBody
    ),
    ("POST", _REPOSITORY + r"pulls/comments/\d+/reactions"): (
        models.ReposOwnerRepoPullsCommentsCommentIdReactionsPostBody
    ),
    ("PATCH", _REPOSITORY + r"pulls/comments/\d+"): models.ReposOwnerRepoPullsCommentsCommentIdPatchBody,
    ("POST", _REPOSITORY + r"issues/\d+/comments"): models.ReposOwnerRepoIssuesIssueNumberCommentsPostBody,
    ("PATCH", _REPOSITORY + r"issues/comments/\d+"): models.ReposOwnerRepoIssuesCommentsCommentIdPatchBody,
    ("POST", _REPOSITORY + r"issues/comments/\d+/reactions"): (
        models.ReposOwnerRepoIssuesCommentsCommentIdReactionsPostBody
    ),
    ("POST", _REPOSITORY + r"check-runs"): (
        models.ReposOwnerRepoCheckRunsPostBodyOneof0 | models.ReposOwnerRepoCheckRunsPostBodyOneof1
    ),
    ("PATCH", _REPOSITORY + r"check-runs/\d+"): (
        models.ReposOwnerRepoCheckRunsCheckRunIdPatchBodyAnyof0
        | models.ReposOwnerRepoCheckRunsCheckRunIdPatchBodyAnyof1
    ),
}
_WITHOUT_BODY = (("POST", r"/app/hook/deliveries/\d+/attempts"),)


def violations(method: str, path: str, body: Any) -> list[str]:
    """What the description has against a write, a line each. Reads and GraphQL have no body to judge."""
    if method == "GET" or path == "/graphql":
        return []
    if any(method == verb and re.fullmatch(pattern, path) for verb, pattern in _WITHOUT_BODY):
        return [f"{method} {path}: takes no body"] if body else []
    model = next((model for (verb, way), model in _BODIES.items() if _fits(method, path, verb, way)), None)
    if model is None:
        return [f"{method} {path}: no such write is described"]
    try:
        read = _adapter(model).validate_python(body)
    except ValidationError as problem:
        return [
            f"{method} {path}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problem.errors()
        ]
    return [f"{method} {path}: {key} is not described" for key in _unknown(body, read)]


def _place(steps: tuple[str | int, ...]) -> str:
    return ".".join(map(str, steps))


def _fits(method: str, path: str, verb: str, pattern: str) -> bool:
    return method == verb and re.fullmatch(pattern, path) is not None


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _unknown(sent: Any, read: Any) -> Iterator[str]:
    """The keys that were sent but not read."""
    if isinstance(read, BaseModel):
        fields = {field.alias or name: name for name, field in type(read).model_fields.items()}
        yield from sent.keys() - fields
        for key in sent.keys() & fields:
            yield from _unknown(sent[key], getattr(read, fields[key]))
    elif isinstance(read, list):
        for pair in zip(sent, read, strict=True):
            yield from _unknown(*pair)
