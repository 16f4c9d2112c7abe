"""Each hostile tree, or those named, in a process of its own, measured: one JSON line each."""

from __future__ import annotations

import json
import os
import resource
import sys
from time import perf_counter

import analyzers
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles
from tests.bench.hostile.case import Hostile
from tests.bench.hostile.cases import CASES

_MOST_SECONDS = 60
_MOST_BYTES = 4 << 30


def _measure(case: Hostile) -> dict[str, object]:
    """As the bot reads it, where all of it is new: in a pull request of nobody knows whom."""
    files = MemoryFiles(case.files())
    files.tree  # noqa: B018 - the forge knows the sizes before anything is read
    started, spent = perf_counter(), _processor_seconds()
    report = analyzers.review(MemoryFiles({}), files, changed=files.tree)
    notes = [f"{note.path}: {note.reason}" for note in report.notes]
    return {
        "name": case.name,
        "seconds": round(_processor_seconds() - spent, 3),
        "wall": round(perf_counter() - started, 3),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "findings": len(report.findings),
        "notes": len(notes),
        "note": notes[0] if notes else "",
    }


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system


def _in_child(case: Hostile) -> str:
    """What the child says, or how it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
        os.write(writing, json.dumps(_measure(case)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    return said.decode() or json.dumps({"name": case.name, "died": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    load_rules()  # as a process of the bot has them before the first review
    for chosen in CASES:
        if len(sys.argv) == 1 or chosen.name in sys.argv[1:]:
            print(_in_child(chosen), flush=True)  # noqa: T201
