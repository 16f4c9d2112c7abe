"""What a reader of the summary may press."""

from __future__ import annotations

from bot.forges.base import Button

RECHECK = Button("Re-check", "Review this change again", "recheck")
ACCEPT = Button("Accept as known", "Report what is new here no more", "accept")
EXPLAIN = Button("Explain", "Say what the rules found here mean", "explain")


def offer(*, is_new: bool) -> tuple[Button, ...]:
    """Only what is new can be accepted or explained."""
    return (RECHECK, ACCEPT, EXPLAIN) if is_new else (RECHECK,)
