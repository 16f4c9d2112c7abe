"""Python's garbage collector, at rest while there is nothing for it to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def never_collected() -> Iterator[None]:
    """Modules live to the end, and so does what a command that ends anyway has read.

    To look for garbage among it takes up to a third of the time. What has come to life meanwhile is not
    looked at afterwards either.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
