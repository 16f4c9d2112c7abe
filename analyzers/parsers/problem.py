"""Why a text could not be read: the one exception every parser raises."""

from __future__ import annotations


class Unreadable(Exception):
    """The text is not what its name promises, or passes a limit.

    The caller notes it in the summary and goes on with the other files.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
