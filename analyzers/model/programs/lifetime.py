"""How a program runs and ends: what keeps it serving, which signals it takes, where it stops short."""

from __future__ import annotations

from typing import Literal

from analyzers.finding import Location
from analyzers.parsers.light import light_value

_ENDING = frozenset({"SIGTERM", "SIGINT", "SIGKILL"})


@light_value
class Serving:
    """A call that serves until the server is stopped or fails. `server` is its type, versions left out.

    `in_goroutine` where it stands in a `go` statement itself. `fatal` is where its error ends the process,
    also that of a server that was stopped in good order. `receiver` is what it is called on, as written.
    """

    at: Location
    server: str
    in_goroutine: bool = False
    fatal: Location | None = None
    receiver: str = ""


@light_value
class SignalHandling:
    """A `signal.Notify` or `signal.NotifyContext`.

    `signals` are named `SIGTERM`; empty for every signal, None where they cannot be told. `name` is that of
    the channel or context. `buffer` is how many signals the channel keeps, None for a context or unknown.
    """

    at: Location
    kind: Literal["channel", "context"]
    signals: tuple[str, ...] | None
    name: str = ""
    buffer: int | None = None
    waited_at: Location | None = None
    """Where the same function waits for the signal; None where it does not, or hands it on."""
    blocked_by: Location | None = None
    """The serving call before it that must end before any signal is asked for."""

    @property
    def asks_for_termination(self) -> bool:
        """Whether Kubernetes' SIGTERM gets here; the unknown counts as if."""
        return not self.signals or "SIGTERM" in self.signals

    @property
    def is_about_ending(self) -> bool:
        """Whether it is meant for the end of the program: SIGHUP, SIGUSR1 and their like are not."""
        return not self.signals or not _ENDING.isdisjoint(self.signals)


@light_value
class HardStop:
    """A call that stops a gRPC server in the midst of its calls; a `is_fallback` follows a graceful stop."""

    at: Location
    is_fallback: bool = False
    receiver: str = ""
    is_on_error: bool = False
    """In a branch that asks for an error: not on a signal."""
    blocked_by: Location | None = None
    """As a shutdown's."""


@light_value
class Exit:
    """A call that ends the process, and the deferred calls of its function that it keeps from running."""

    at: Location
    callee: str
    skipped: tuple[Location, ...]
    in_main: bool = False
