"""GitHub's refusals read into errors that say what to do next. Pure: the time is handed in.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api names the headers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.errors import Gone, NotAllowed, NotFound, TryLater, Unclear

SOON = timedelta(seconds=15)
LIMITED = timedelta(seconds=60)
LONGEST = timedelta(hours=2)

# Since 2026 installation tokens are `ghs_<app>_<jwt>`, some 520 characters with dots.
_SECRET = re.compile(r"\bgh[a-z]_[A-Za-z0-9._-]{20,}|\bgithub_pat_\w{20,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+")
_SUSPENDED = "installation has been suspended"
_PERMISSIONS = "x-accepted-github-permissions"
_LIMIT_WORDS = ("rate limit", "abuse", "submitted too quickly")


class Refused(NotAllowed):
    """The request was understood and found wrong (422)."""


class Expired(NotAllowed):
    """The token is not taken any more (401)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    data: Any


def unclear(reason: str, now: datetime) -> Unclear:
    """An error for a request of which nobody knows whether it was carried out."""
    return Unclear(now + SOON, redact(reason))


def refusal(answer: Answer, asked: str, now: datetime) -> Exception:
    """The error for a status of 400 and above. `asked` names the request for the message."""
    message = redact(f"{asked}: {answer.status} {_message(answer.data)}")
    if _is_limit(answer):
        return TryLater(_free_again(answer.headers, now), message)
    if _SUSPENDED in message:
        return Gone(message)
    if answer.status == 403 and (needed := answer.headers.get(_PERMISSIONS)):
        message += f" (needed: {redact(needed)[:200]})"
    if answer.status >= 500:
        return unclear(message, now)
    return _REFUSALS.get(answer.status, NotAllowed)(message)


_REFUSALS: Mapping[int, type[Exception]] = {401: Expired, 404: NotFound, 410: Gone, 422: Refused, 451: Gone}


def query_refusal(error: Mapping[str, Any], answer: Answer, now: datetime) -> Exception:
    """The error for one entry of `errors` in a GraphQL answer, which comes with status 200."""
    kind, message = str(error.get("type", "")), redact(f"GraphQL: {error.get('message', 'no message')}")
    if kind == "RATE_LIMITED" or _speaks_of_a_limit(message):
        return TryLater(_free_again(answer.headers, now), message)
    if kind == "NOT_FOUND":
        return NotFound(message)
    if kind in ("", "INTERNAL", "RESOURCE_LIMITS_EXCEEDED") and "wrong while executing" in message:
        return unclear(message, now)
    return NotAllowed(message)


def raise_limits(errors: Sequence[Exception]) -> None:
    """Of what a query refused, raise what says that we have to wait."""
    for error in errors:
        if isinstance(error, TryLater):
            raise error


def redact(text: str) -> str:
    """The text without tokens."""
    return _SECRET.sub("[redacted]", text)


def _is_limit(answer: Answer) -> bool:
    if answer.status == 429:
        return True
    if answer.status not in (403, 422):
        return False
    if answer.status == 403 and (
        "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    ):
        return True
    return _speaks_of_a_limit(_message(answer.data))


def _speaks_of_a_limit(message: str) -> bool:
    return any(word in message.lower() for word in _LIMIT_WORDS)


def _free_again(headers: Mapping[str, str], now: datetime) -> datetime:
    told = _retry_after(headers.get("retry-after", ""), now)
    if told is not None:
        return max(now, min(told, now + LONGEST))
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        at = datetime.fromtimestamp(int(reset[:11]), UTC) + timedelta(seconds=1)
        return max(now + timedelta(seconds=1), min(at, now + LONGEST))
    return now + LIMITED


def _retry_after(value: str, now: datetime) -> datetime | None:
    """Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. None for neither."""
    if value.isdecimal():
        return now + timedelta(seconds=int(value[:6]))
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _message(data: Any) -> str:
    if not isinstance(data, dict):
        return ""
    parts = [str(data.get("message", ""))]
    for error in data.get("errors") or ():
        parts.append(" ".join(map(str, error.values())) if isinstance(error, dict) else str(error))
    return "; ".join(parts)[:500]
