"""The ports and addresses that a container's program listens on, as its manifest starts it."""

from __future__ import annotations

import re

from analyzers.model.image import Image
from analyzers.model.program import Listen, Program
from analyzers.model.services.startup import find_setting
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value

_ADDRESS = re.compile(r"(?:(?P<host>[^\s/]{0,200}):)?(?P<port>[0-9]{1,5})")
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[?::1\]?")


@light_value
class Served:
    """A listen with its port and host as they are in a container; None where they cannot be told."""

    listen: Listen
    port: int | None
    host: str | None

    @property
    def is_on_loopback(self) -> bool:
        return bool(self.host and _LOOPBACK.fullmatch(self.host))


def served_ports(program: Program, container: Container, image: Image | None) -> frozenset[int] | None:
    """All ports, on whatever address; None where one cannot be told."""
    if not program.listens_are_known:
        return None
    ports = {served.port for served in served_listens(program, container, image)}
    return None if None in ports else frozenset(port for port in ports if port is not None)


def served_listens(program: Program, container: Container, image: Image | None) -> tuple[Served, ...]:
    """Every listen that can be seen."""
    return tuple(_served(listen, container, image) for listen in program.listens)


def _served(listen: Listen, container: Container, image: Image | None) -> Served:
    setting = find_setting(container, image, variable=listen.variable, flag=listen.flag)
    if setting.is_known and setting.value is None:
        return Served(listen, listen.port, listen.host)
    found = _ADDRESS.fullmatch(setting.value or "")
    if found is None:
        return Served(listen, None, None)
    given = found["host"]
    return Served(listen, int(found["port"]), listen.host if given is None else given)
