"""A delivery before it is read: who sent it, what event it claims to be, and the name it goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Headers(Protocol):
    """A request's headers."""

    def get(self, key: str, default: str, /) -> str:
        """By name in any case."""
        ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """`guid` is the same whenever the forge sends the delivery again."""

    event: str
    guid: str


Opener = Callable[[Headers, bytes], Envelope]
"""Proves the sender, then tells what the headers say. Raises Rejected and Malformed."""
