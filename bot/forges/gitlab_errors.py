"""GitLab's refusals read into errors that say what to do next. Pure: the time is handed in.

https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ names the headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import Gone, NotAllowed, NotFound, TryLater, Unclear

SOON = timedelta(seconds=15)
LIMITED = timedelta(seconds=60)
LONGEST = timedelta(hours=2)

_SECRET = re.compile(r"\bgl[a-z]{2,8}-[A-Za-z0-9_.=-]{16,}|\b[Bb]earer\s+\S{16,}")


class Refused(NotAllowed):
    """The request was understood and found wrong."""


class Expired(NotAllowed):
    """The token is not taken any more (401)."""


class Unanswerable(NotAllowed):
    """GraphQL does not take the query: too complex, unknown to this version, or switched off."""


def unclear(reason: str, now: datetime) -> Unclear:
    """An error for a request of which nobody knows whether it was carried out."""
    return Unclear(now + SOON, redact(reason))


def refusal(status: int, headers: Mapping[str, str], data: Any, asked: str, now: datetime) -> Exception:
    """The error for a status of 300 and above. `asked` names the request for the message."""
    message = redact(f"{asked}: {status} {_words(data)}")
    if status == 429 or (status == 503 and "retry-after" in headers):
        return TryLater(_free_again(headers, now), message)
    if status >= 500:
        return unclear(message, now)
    return _REFUSALS.get(status, NotAllowed)(message)


_REFUSALS: Mapping[int, type[Exception]] = {
    400: Refused,
    401: Expired,
    404: NotFound,
    409: Refused,
    410: Gone,
    413: Refused,
    422: Refused,
}


def query_refusal(errors: Iterable[Any]) -> Unanswerable:
    """The error for the `errors` of a GraphQL answer that has no data."""
    told = [str(error.get("message", "")) if isinstance(error, dict) else str(error) for error in errors]
    return Unanswerable(redact(f"GraphQL: {'; '.join(told)[:500]}"))


def redact(text: str) -> str:
    """The text without tokens."""
    return _SECRET.sub("[redacted]", text)


def _free_again(headers: Mapping[str, str], now: datetime) -> datetime:
    wait = headers.get("retry-after", "")
    if wait.isdecimal():
        return now + min(timedelta(seconds=int(wait[:6])), LONGEST)
    reset = headers.get("ratelimit-reset", "")
    if reset.isdecimal():
        at = datetime.fromtimestamp(int(reset[:11]), UTC) + timedelta(seconds=1)
        return max(now + timedelta(seconds=1), min(at, now + LONGEST))
    return now + LIMITED


def _words(data: Any) -> str:
    """`message` is a text, a list or a table; some refusals say `error` instead."""
    if isinstance(data, dict):
        data = data.get("message") or data.get("error") or ""
    return str(data)[:500]
