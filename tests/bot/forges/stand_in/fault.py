"""What can be made to go wrong with a request, and where one can be held."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LOST = 0


class Gate:
    """Holds a request until a test lets it go."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self._open = threading.Event()

    def hold(self) -> None:
        self.arrived.set()
        self._open.wait()

    def open(self) -> None:
        self._open.set()


@dataclass
class Fault:
    """Goes wrong as often as `times` says. With status LOST the line is cut instead of an answer."""

    match: str
    status: int = LOST
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    times: int = 1
    is_done: bool = False
    """Whether the work is done all the same."""
    before: Any = None
    """Called first: what happens in the world meanwhile."""
    gate: Gate | None = None
    """Where the request waits, the work done or not, before it is answered."""
