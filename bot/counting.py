"""The folder in which processes count together. It has to be there before the counters are imported."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


def share_counts() -> Callable[[], None]:
    """Make the folder, unless one is named already. Call the answer in the end, in this process only.

    Must come before prometheus_client is imported: it looks but once.
    """
    if _DIRECTORY in os.environ:
        return lambda: None
    folder = tempfile.mkdtemp(prefix="shipworthy-metrics-")
    os.environ[_DIRECTORY] = folder
    return lambda: shutil.rmtree(folder, ignore_errors=True)
