"""What a forge is asked without being told, and must be able to answer for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.forges.base import ChangeRef, Request


@dataclass(frozen=True, slots=True)
class Missed:
    """A delivery that the forge could not hand over."""

    id: str
    """The last try's."""
    guid: str
    delivered_at: datetime
    """When it was first tried."""


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A change that nobody told us of, and what a webhook would have asked for."""

    request: Request
    touched_at: datetime
    """When something about it last changed."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """Something about our account on a forge that keeps us from work, or will."""

    code: str
    """For programs: token_expires, token_refused, hook_disabled, permission_missing."""
    subject: str
    """What it is about, told apart from others of the same code."""
    words: str
    at: datetime
    """From when on it does harm; often a time to come."""
    is_fatal: bool = False
    """Nothing at all can be done from then on."""


class Rounds(Protocol):
    """Where a forge is asked what its webhooks did not bring. Raises as `Forge` does."""

    def places(self) -> Sequence[ChangeRef]:
        """All that we are let into, one reference (without a repository) an installation."""
        ...

    def unreviewed(self, place: ChangeRef, branch: str = "") -> Sequence[Unreviewed]:
        """The open changes of a repository, or of all in an installation, whose head bears no finished
        summary of ours. With a branch: all onto it, reviewed or not."""
        ...

    def missed(self, since: datetime) -> Sequence[Missed]:
        """The deliveries since then that did not arrive, the oldest first."""
        ...

    def resend(self, missed: Missed) -> None:
        """Have the forge send one of them again."""
        ...

    def ailments(self, now: datetime) -> Sequence[Ailment]:
        """What the forge tells of our credentials and webhooks, as far as we may see it."""
        ...
