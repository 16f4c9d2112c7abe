"""When a process of ours has to end: it is told to, or whoever started it is gone."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

SUPERVISOR = "SHIPWORTHY_SUPERVISOR"
"""The process id of the supervisor, for its children. One that is not set has nobody to follow."""

HOPELESS = 2
"""The exit code that says: the settings are wrong, and starting again would change nothing."""

_LOOK_SECONDS = 1.0


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


def has_supervisor() -> bool:
    return bool(os.environ.get(SUPERVISOR))


def follow_supervisor(leave: Callable[[], object]) -> None:
    """Call `leave` once the supervisor is gone, even if it was killed. Else a slot could run twice."""
    supervisor = os.environ.get(SUPERVISOR)
    if supervisor:
        threading.Thread(target=_watch, args=(int(supervisor), leave), daemon=True).start()


def terminate_self() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _watch(supervisor: int, leave: Callable[[], object]) -> None:
    pause = threading.Event()
    while os.getppid() == supervisor:
        pause.wait(_LOOK_SECONDS)
    leave()
