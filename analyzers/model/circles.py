"""Circles among things that lead to one another by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile

MOST_STEPS = 20_000
MOST_CIRCLES = 3
"""Of one kind in one place: more say the same again."""


def find_circles(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, from the name that is met first; a name that leads to itself is one of its own."""
    done: set[str] = set()
    left, room = MOST_STEPS, MOST_CIRCLES
    for first in names:
        trail: dict[str, None] = {}
        waiting: list[tuple[str, Iterator[str]]] = [("", iter((first,)))]
        while waiting and left > 0 and room > 0:
            left -= 1
            name = next(waiting[-1][1], None)
            if name is None:
                waiting.pop()
                if trail:
                    done.add(trail.popitem()[0])
            elif name in trail:
                room -= 1
                yield tuple(dropwhile(name.__ne__, trail))
            elif name not in done:
                trail[name] = None
                waiting.append((name, iter(tuple(leads_to(name)))))


def told(circle: tuple[str, ...]) -> str:
    """`a, b and a again`."""
    return f"{', '.join(circle[:5])}{' …' if len(circle) > 5 else ''} and {circle[0]} again"
