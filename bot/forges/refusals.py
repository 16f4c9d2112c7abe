"""What a forge's refusal means to an adapter, beyond what `bot.errors` says to everybody."""

from __future__ import annotations

from bot.errors import NotAllowed, TryLater


class Unclear(TryLater):
    """No answer came, or a broken one. What was asked for may have been done."""


class Refused(NotAllowed):
    """The request was understood and found wrong."""


class Expired(NotAllowed):
    """The token is not taken any more (401)."""
