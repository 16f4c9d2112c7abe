"""What hostile files cost: at most two seconds and 300 MB each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator


def hostile() -> Iterator[tuple[str, str]]:
    """Processor seconds, peak memory, and the first note of each."""
    command = [sys.executable, "-m", "tests.bench.hostile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        for line in program.stdout or ():
            row = json.loads(line)
            if "died" in row:
                yield row["name"], f"DIED with {row['died']}"
            else:
                yield row["name"], f"{row['seconds']:.2f} s, {row['megabytes']} MB; {row['note'] or 'read'}"
