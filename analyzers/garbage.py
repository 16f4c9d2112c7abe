"""Python's search for objects that hold each other, put off while a repository is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_putting_off = 0
_is_wanted = False


@contextmanager
def without_collection() -> Iterator[None]:
    """For work that makes a million objects which live to its end, and next to none in circles.

    The collector would look through all of them again and again, for a third of the time and no memory.
    It is the whole process that goes without, until the last thread is done.
    """
    global _putting_off, _is_wanted
    with _lock:
        if not _putting_off:
            _is_wanted = gc.isenabled()
            gc.disable()
        _putting_off += 1
    try:
        yield
    finally:
        with _lock:
            _putting_off -= 1
            if not _putting_off and _is_wanted:
                gc.enable()
