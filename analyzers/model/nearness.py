"""How much files belong together, by the folders they lie in."""

from __future__ import annotations

from itertools import takewhile


def nearness(path: str, other: str) -> int:
    """More for the same file, then by the folders they share."""
    if path == other:
        return 1_000
    folders = zip(path.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def steps_between(path: str, other: str) -> int:
    """0 where the folder of one file is the other's or lies around it, 1 for sister folders, 2 for others."""
    shared = nearness(path, other)
    apart = sorted(each.count("/") - shared for each in (path, other))
    return 0 if path == other or apart[0] == 0 else 1 if apart == [1, 1] else 2
