"""What reviews are made with, and what they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analyzers.model.modules.advisories import AdvisoryDatabase
from bot.forges.base import Conclusion, Forge
from bot.review.threads import Plan
from bot.store.accepted import Accepted
from bot.store.dismissals import Dismissals
from bot.store.feedback import Feedback
from bot.store.orders import Orders
from bot.store.paused import Paused
from bot.store.posted import Posted
from bot.store.repositories import Repositories
from bot.store.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Desk:
    """What reviews on one forge are made with. `public_url` is without a final slash."""

    forge: Forge
    reviews: Reviews
    public_url: str
    advisories: AdvisoryDatabase | None = None
    is_overtaken: Callable[[str], bool] = lambda delivery: False
    """Whether something newer than a delivery waits that will be answered in its place."""

    @property
    def dismissals(self) -> Dismissals:
        return Dismissals(self.reviews.engine)

    @property
    def repositories(self) -> Repositories:
        return Repositories(self.reviews.engine)

    @property
    def accepted(self) -> Accepted:
        return Accepted(self.reviews.engine)

    @property
    def paused(self) -> Paused:
        return Paused(self.reviews.engine)

    @property
    def orders(self) -> Orders:
        return Orders(self.reviews.engine)

    @property
    def posted(self) -> Posted:
        return Posted(self.reviews.engine)

    @property
    def feedback(self) -> Feedback:
        return Feedback(self.reviews.engine)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review came to."""

    review_id: str
    conclusion: Conclusion
    title: str
    plan: Plan
