"""What our App must be allowed, and what an installation lacks of it.

Permissions that a new version asks for are not granted to installations by themselves: their owners accept
them. https://docs.github.com/en/apps/maintaining-github-apps/modifying-a-github-app-registration
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.forges.rounds import Ailment

NEEDED: Mapping[str, str] = {
    "checks": "write",
    "contents": "read",
    "issues": "read",
    "merge_queues": "read",
    "metadata": "read",
    "pull_requests": "write",
}
_LEVELS = ("read", "write", "admin")


def missing_permissions(installation: Mapping[str, Any], now: datetime) -> Ailment | None:
    """None where all is granted. An installation that tells no permissions is not judged."""
    granted = installation.get("permissions")
    if granted is None:
        return None
    missing = [f"{name}: {level}" for name, level in NEEDED.items() if not _covers(granted.get(name), level)]
    if not missing:
        return None
    account = (installation.get("account") or {}).get("login") or installation["id"]
    words = f"the installation on {account} has not granted {', '.join(missing)}"
    if address := installation.get("html_url"):
        words += f"; its owner can at {address}"
    return Ailment("permission_missing", str(installation["id"]), words, now)


def _covers(granted: str | None, needed: str) -> bool:
    return granted in _LEVELS and _LEVELS.index(granted) >= _LEVELS.index(needed)
