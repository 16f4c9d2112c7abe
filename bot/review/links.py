"""Addresses a reader of a review can follow: the reviewed lines, the rules' pages."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.finding import Finding, Location
from bot.forges.base import Change
from bot.review.markdown import code


@dataclass(frozen=True)
class Links:
    """`public_url` is where our own pages are reached, without a final slash."""

    change: Change
    public_url: str
    review_id: str = ""

    @property
    def review(self) -> str:
        """The page of the review itself."""
        return f"{self.public_url}/reviews/{self.review_id}" if self.review_id else self.public_url

    def rule(self, rule: str) -> str:
        """The rule's name, leading to its page."""
        return f"[{rule}]({self.public_url}/rules/{rule})"

    def place(self, at: Location) -> str:
        """`path` line n, leading to the line as it was reviewed."""
        return f"[{code(at.path)} line {at.line}]({self.change.permalink(at.path, at.line)})"

    def short_place(self, at: Location) -> str:
        """`path:n`, for tables."""
        return f"[{code(str(at))}]({self.change.permalink(at.path, at.line)})"

    def listed(self, finding: Finding) -> str:
        return f"- {self.place(finding.at)}"
