"""A worker whose work is to write down what it does: `python -m tests.bot.jobs.scribbler URL FOLDER`.

It appends `begin` and `end` lines to FOLDER/log. Between the two it waits while FOLDER/hold exists.
A delivery whose number is 429 is told to come back in a second, once.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import TryLater
from bot.forges.base import Request
from bot.jobs.job import Job
from bot.jobs.queue import Queue
from bot.jobs.slot import Slot
from bot.jobs.worker import leave, run
from bot.stopping import stop_on_signals
from bot.store.database import open_database


def main(url: str, folder: Path) -> None:
    def write(word: str, guid: str) -> None:
        with (folder / "log").open("a") as log:
            log.write(f"{word} {guid}\n")

    def work(request: Request, guid: str) -> str:
        known = (folder / "log").read_text() if (folder / "log").exists() else ""
        write("begin", guid)
        if request.change.number == 429 and f"begin {guid}\n" not in known:
            raise TryLater(datetime.now(UTC) + timedelta(seconds=1), "rate limit")
        while (folder / "hold").exists():
            time.sleep(0.02)
        write("end", guid)
        return f"review-{guid}"

    def apologise(request: Request, guid: str, reason: str) -> None:
        write("sorry", guid)

    stop = stop_on_signals()
    run(Job(Queue(open_database(url, 12)), work, apologise), Slot("w1", 4), stop)
    leave(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
