"""What hostile files cost, and which of them cost too much."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.hostile.case import MOST_MEGABYTES, MOST_SECONDS


def hostile() -> Iterator[tuple[str, str]]:
    """Processor seconds, peak memory, and the first note of each; then how many passed a limit."""
    command, over, count = [sys.executable, "-m", "tests.bench.hostile"], 0, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        for row in map(json.loads, program.stdout or ()):
            count += 1
            over += not _keeps(row)
            yield row["name"], _figure(row)
    yield "hostile trees", f"{count - over} of {count} within {MOST_SECONDS:g} s and {MOST_MEGABYTES} MB each"


def _keeps(row: Mapping[str, Any]) -> bool:
    return "died" not in row and row["seconds"] <= MOST_SECONDS and row["megabytes"] <= MOST_MEGABYTES


def _figure(row: Mapping[str, Any]) -> str:
    if "died" in row:
        return f"DIED with {row['died']}"
    mark = "" if _keeps(row) else "OVER: "
    return f"{mark}{row['seconds']:.2f} s, {row['megabytes']} MB; {row['note'] or 'read'}"
