"""Python's collector of garbage, out of the way while syntax trees are built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Syntax trees live to the end of the work; to look for garbage among them takes a third of its time.

    Where several threads read at once, the first of them that ends wakes it for all.
    """
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()
