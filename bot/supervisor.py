"""Keeps several processes alive as one, and ends them as one."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

import structlog

from bot.stopping import HOPELESS, SUPERVISOR

GRACE_SECONDS = 30
_TICK_SECONDS = 0.2
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0

log = structlog.stdlib.get_logger(__name__)


class Child:
    """A process that is started again when it dies, each time after a longer pause."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._pause = 1.0
        self.start()

    def start(self) -> None:
        self._started = time.monotonic()
        self._due: float | None = None
        # A group of its own: Ctrl-C is for the supervisor alone, which then asks the children politely.
        environment = os.environ | {SUPERVISOR: str(os.getpid())}
        self._process = subprocess.Popen(self._command, env=environment, process_group=0)

    def is_hopeless(self) -> bool:
        return self._process.poll() == HOPELESS

    def revive(self) -> None:
        """Start it again if it died and its pause is over."""
        now = time.monotonic()
        if self._due is not None:
            if now >= self._due:
                self.start()
        elif self._process.poll() is not None:
            self._pause = 1.0 if now - self._started > _STEADY_SECONDS else self._pause
            self._due = now + self._pause
            log.error("child_died", child=self.name, code=self._process.returncode, restart_in=self._pause)
            self._pause = min(_LONGEST_PAUSE, self._pause * 2)

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, deadline: float) -> bool:
        """Whether it ended by itself before the deadline, a `time.monotonic` value."""
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("child_killed", child=self.name)
            self._process.kill()
            self._process.wait()
            return False
        return True


def supervise(commands: Mapping[str, Sequence[str]], stop: threading.Event) -> int:
    """Run until `stop` is set. Returns 0, 1 if a child had to be killed, 2 if one cannot run at all."""
    children = [Child(name, command) for name, command in commands.items()]
    hopeless = False
    while not stop.wait(_TICK_SECONDS) and not hopeless:
        hopeless = any(child.is_hopeless() for child in children)
        for child in () if hopeless else children:
            child.revive()
    are_gone = _stop(children)
    return HOPELESS if hopeless else int(not are_gone)


def _stop(children: Sequence[Child]) -> bool:
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.ask_to_stop()
    killed = [child for child in children if not child.wait_or_kill(deadline)]
    return not killed
