"""What is known of a change beside what its forge shows now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.review.remarks import Moves
from bot.store.dismissals import Dismissal
from bot.store.posted import Posting

LAG = timedelta(minutes=1)
"""So long a forge may not show what was posted. It is far above what is seen in practice, and our own
patience with an answer (12 s) is part of it: a post may take effect after we gave it up."""


@dataclass(frozen=True, slots=True)
class Past:
    """What our store tells. `seen` are the fingerprints the previous review found, None if there was none."""

    seen: Collection[str] | None = None
    posted: Mapping[str, Posting] = field(default_factory=dict)
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    moves: Moves = field(default_factory=Moves)
    lag: timedelta = LAG
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def is_young(self, posting: Posting) -> bool:
        """Whether the forge may be showing it later only."""
        return self.now - posting.posted_at < self.lag


@dataclass(frozen=True, slots=True)
class Learned:
    """What is to be remembered from now on, before anything is posted."""

    dismissed: tuple[Dismissal, ...] = ()
    """People said no without telling us: a comment is deleted, or resolved and no event came."""
    lapsed: tuple[str, ...] = ()
    """Dismissals that hold no longer, by the fingerprint they were stored for."""
    standing: tuple[Posting, ...] = ()
    """Comments that stand, with what they flag now."""
    settled: tuple[str, ...] = ()
    """Comments whose matter is done with."""
