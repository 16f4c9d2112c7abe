"""What can go wrong, named by what the caller does next.

Rejected      the request is not from whom it claims to be      -> 401, nothing stored
Malformed     the request cannot be read                        -> 400, nothing stored
Misconfigured a setting is missing or wrong                     -> refuse to start, exit 2
TryLater      the forge is busy, down or limits us              -> the job waits until `at`
Unclear       it may have done what was asked, or not           -> as TryLater, and then it looks first
OverBudget    we hold back ourselves, before the forge limits us -> the same, and it counts as no attempt
Gone          the change or the repository is no more           -> the job ends, nothing to do
NotFound      the forge knows no such thing, perhaps not yet    -> asked again while it is new, else Gone
NotAllowed    the forge refuses us, and will again              -> the job fails in public
"""

from __future__ import annotations

from datetime import datetime


class Rejected(Exception):
    """The sender could not prove who it is."""


class Malformed(Exception):
    """The request is not what its headers promise."""


class Misconfigured(Exception):
    """The settings do not allow a start. The message names the setting."""


class TryLater(Exception):
    """The work can be done, but not before `at` (an aware time)."""

    def __init__(self, at: datetime, reason: str) -> None:
        super().__init__(reason)
        self.at = at


class OverBudget(TryLater):
    """Nothing is wrong, we are only to leave something to others."""


class Unclear(TryLater):
    """No answer came, or a broken one. What was asked for may have been done."""


class Gone(Exception):
    """There is nothing left to review."""


class NotFound(Gone):
    """The forge does not know what it spoke of. Right after an event it may still come to know it."""


class NotAllowed(Exception):
    """The forge says no to something we need. The message says to what."""
