"""What Knative gives the containers of its Services.

https://github.com/knative/specs/blob/main/specs/serving/runtime-contract.md#process
"""

from __future__ import annotations

from dataclasses import replace

from analyzers.model.workload import Container, EnvVar

_GIVEN = ("K_SERVICE", "K_CONFIGURATION", "K_REVISION")
_NAME = "user-container"
_PORT = 8080
"""What a container is called, and where it is asked, unless it says otherwise."""


def complete_container(container: Container, *, is_alone: bool) -> Container:
    """The container with its name and with the variables that are set for it.

    PORT is set for the one that is asked: the only one, or the one that names a port.
    """
    given = [EnvVar(name, container.at, source="field") for name in _GIVEN]
    if container.ports or is_alone:
        number = container.ports[0].number if container.ports else _PORT
        port = None if number is None else str(number)
        given.append(EnvVar("PORT", container.at, port, source="field"))
    return replace(container, name=container.name or _NAME, provided=tuple(given))
