"""Our token as GitLab sees it: whether it is taken, what it may, and until when.

https://docs.gitlab.com/api/personal_access_tokens/#get-details-on-a-personal-access-token holds for tokens of
projects and groups too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import Gone, NotAllowed
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_errors import Expired
from bot.forges.rounds import Ailment

_SCOPE = "api"


def read_token(client: Client, now: datetime) -> list[Ailment]:
    """One request. A token of another sort tells nothing, and is not judged."""
    name = client.instance.name
    try:
        token = client.read("/personal_access_tokens/self")
    except Expired as reason:
        return [Ailment("token_refused", name, f"GitLab refuses the token: {reason}", now, is_fatal=True)]
    except (Gone, NotAllowed):
        return []
    return list(_ailments(token, name, now))


def _ailments(token: Mapping[str, Any], name: str, now: datetime) -> Iterator[Ailment]:
    if _SCOPE not in (token.get("scopes") or (_SCOPE,)):
        yield Ailment("permission_missing", name, f"the token lacks the scope {_SCOPE}", now, is_fatal=True)
    if expires := token.get("expires_at"):
        at = datetime.fromisoformat(str(expires)[:10]).replace(tzinfo=UTC)
        yield Ailment("token_expires", name, f"the token expires on {at:%Y-%m-%d}", at, is_fatal=True)
