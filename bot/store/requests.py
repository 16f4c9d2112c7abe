"""A request as JSON and back. This is all that is kept of a webhook's payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from bot.forges.base import ChangeRef, CommentRef, Request, Trigger

Value = TypeVar("Value", ChangeRef, CommentRef, Request)


def encode(request: Request) -> dict[str, Any]:
    return asdict(request)


def decode(row: Mapping[str, Any]) -> Request:
    """Reads what `encode` wrote, also what an older or newer version of it wrote."""
    comment = row.get("comment")
    known = {
        "change": _build(ChangeRef, row["change"]),
        "trigger": Trigger(row["trigger"]),
        "comment": _build(CommentRef, comment) if comment else None,
    }
    return _build(Request, {**row, **known})


def _build(kind: type[Value], values: Mapping[str, Any]) -> Value:
    names = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in names})
