"""`make fuzz ARGS="dockerfile yaml" SECONDS=600`: each entry named, or all of them, for so many seconds."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import monotonic

from tests.fuzz.entries import ENTRIES
from tests.fuzz.recipe import cook

_SHORTEST = 5.0
_GRACE = 120.0


def run(name: str, seconds: float, folder: Path) -> Counter[str]:
    """The entry in a process of its own, and another one where that dies, until the time is over."""
    total: Counter[str] = Counter()
    deadline = monotonic() + seconds
    while (left := deadline - monotonic()) > _SHORTEST:
        ended_well = _session(name, left, folder)
        figures = folder / "figures.json"
        total.update(json.loads(figures.read_text()) if figures.exists() else {})
        figures.unlink(missing_ok=True)
        if ended_well:
            break
        _keep_ends(name, folder)
    total["deaths"] = len(list((folder / "findings").glob("ended-*")))
    return total


def _session(name: str, seconds: float, folder: Path) -> bool:
    command = [sys.executable, "-m", "tests.fuzz.session", name, str(seconds), str(folder)]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log.txt").open("ab") as log:
        try:
            return subprocess.run(command, stdout=log, stderr=log, timeout=seconds + _GRACE).returncode == 0
        except subprocess.TimeoutExpired:
            return False


def _keep_ends(name: str, folder: Path) -> None:
    """What atheris had in hand when the process died, was too slow or too large."""
    for end in folder.glob("ended-*"):
        content = cook(ENTRIES[name], end.read_bytes())
        (folder / "findings").mkdir(exist_ok=True)
        (folder / "findings" / f"{end.name}.input").write_bytes(content)
        end.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ENTRIES))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--folder", type=Path, default=Path("var/fuzz"), help="where findings are written")
    asked = parser.parse_args()
    unknown = set(asked.names) - ENTRIES.keys()
    if unknown:
        parser.error(f"no such entry: {', '.join(sorted(unknown))}")
    broken = 0
    for name in asked.names or ENTRIES:
        figures = run(name, asked.seconds, asked.folder / name)
        broken += figures["findings"] + figures["deaths"]
        print(  # noqa: T201
            f"{name:<20} {figures['seconds'] / 60:5.1f} min {figures['inputs']:>10,} inputs"
            f" {figures['read']:>10,} read {figures['findings'] + figures['deaths']:>4} findings",
            flush=True,
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
