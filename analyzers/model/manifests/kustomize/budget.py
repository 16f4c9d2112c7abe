"""How much work the kustomizations of one repository may make."""

from __future__ import annotations

MOST_STEPS = 50_000
"""Nodes looked at and objects taken in: some fifteen times what the largest repositories need."""


class Exhausted(Exception):
    """The budget is used up; the caller leaves out what it was about to resolve."""


class Budget:
    """Counts steps until there are none left."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Exhausted
