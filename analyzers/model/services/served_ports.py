"""The ports that a container's program listens on, as its manifest starts it."""

from __future__ import annotations

import re

from analyzers.model.image import Image
from analyzers.model.program import Listen, Program
from analyzers.model.services.startup import find_setting
from analyzers.model.workload import Container

_PORT = re.compile(r"(?:[^\s/]{0,200}:)?([0-9]{1,5})")


def served_ports(program: Program, container: Container, image: Image | None) -> frozenset[int] | None:
    """All ports, on whatever address; None where one cannot be told."""
    if not program.listens_are_known:
        return None
    ports = {_port(listen, container, image) for listen in program.listens}
    return None if None in ports else frozenset(port for port in ports if port is not None)


def _port(listen: Listen, container: Container, image: Image | None) -> int | None:
    setting = find_setting(container, image, variable=listen.variable, flag=listen.flag)
    if not setting.is_known:
        return None
    if setting.value is None:
        return listen.port
    found = _PORT.fullmatch(setting.value)
    return int(found[1]) if found else None
