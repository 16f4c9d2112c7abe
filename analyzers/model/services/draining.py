"""How long a container's program takes to stop, after all that Kubernetes and the program itself grant it."""

from __future__ import annotations

from analyzers.model.image import Image
from analyzers.model.program import Program, Shutdown
from analyzers.model.programs.text import parse_number
from analyzers.model.services.startup import find_setting
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value


@light_value
class Drain:
    """The longest wait of a program for its servers. `is_exact` where no other wait may be longer."""

    shutdown: Shutdown
    seconds: float
    is_exact: bool


def longest_drain(program: Program, container: Container, image: Image | None) -> Drain | None:
    """None where the program waits for nothing, or no wait is known."""
    waits = [(shutdown, _seconds(shutdown, container, image)) for shutdown in program.shutdowns]
    known = [(shutdown, seconds) for shutdown, seconds in waits if seconds]
    if not known:
        return None
    shutdown, seconds = max(known, key=lambda wait: wait[1])
    return Drain(shutdown, seconds, all(other for _, other in waits))


def _seconds(shutdown: Shutdown, container: Container, image: Image | None) -> float | None:
    setting = find_setting(container, image, variable=shutdown.variable, flag=shutdown.flag)
    if not setting.is_known:
        return None
    if setting.value is None:
        return shutdown.seconds
    nanoseconds = parse_number(setting.value) if setting.value[-1:].isalpha() else None
    return None if nanoseconds is None else nanoseconds / 1e9
