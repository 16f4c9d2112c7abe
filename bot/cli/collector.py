"""Python's garbage collector, at rest while there is nothing for it to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Modules and syntax trees live to the end; to look for garbage among them takes a third of the time.

    What has come to life meanwhile is not looked at afterwards either.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
