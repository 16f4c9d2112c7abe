"""Where variables that Go's runtime reads are set: in images, containers, ConfigMaps and compose files.

https://pkg.go.dev/runtime#hdr-Environment_Variables
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.image import Image
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed
from analyzers.model.service import Deployed, Service
from analyzers.model.workload import Container, EnvVar
from analyzers.parsers.light import light_value


@light_value
class RuntimeSetting:
    """One place that gives a variable its value. `value` is None where it is not known, or a resource.

    `at` is the value's place, with the name where they stand together (`ENV GOGC=off`). `variable` and
    `container` are those of a manifest.
    """

    name: str
    value: str | None
    at: Location
    variable: EnvVar | None = None
    container: Container | None = None


def find_runtime_settings(repository: Repository, name: str) -> Iterator[RuntimeSetting]:
    """Every place in what is deployed that sets a variable, each once."""
    found = (
        *_of_containers(repository, name),
        *_of_config_maps(repository, name),
        *_of_images(repository, name),
        *_of_composes(repository, name),
    )
    yield from {setting.at: setting for setting in reversed(found)}.values()


def setting_of(container: Container, image: Image | None, name: str) -> RuntimeSetting | None:
    """What counts for one container: its own variable, else its image's."""
    variable = container.variable(name)
    if variable:
        return _of_variable(container, variable)
    fact = image.final.env.get(name) if image and container.env_is_complete else None
    return RuntimeSetting(name, fact.value, fact.at) if fact else None


def started_containers(repository: Repository) -> Iterator[tuple[Deployed, Service | None]]:
    """Every container with the service of this repository that it starts, where there is just one."""
    starting: dict[int, list[Service]] = {}
    for service in repository.services:
        for deployed in service.running:
            starting.setdefault(id(deployed.container), []).append(service)
    for deployed in repository.deployed:
        own = starting.get(id(deployed.container), [])
        yield deployed, own[0] if len(own) == 1 else None


def _of_images(repository: Repository, name: str) -> Iterator[RuntimeSetting]:
    for image in repository.images:
        if fact := image.final.env.get(name):
            yield RuntimeSetting(name, fact.value, fact.at)


def _of_containers(repository: Repository, name: str) -> Iterator[RuntimeSetting]:
    for manifests in repository.manifests:
        for workload in manifests.workloads:
            for container in (*workload.containers, *workload.init_containers):
                if variable := container.variable(name):
                    yield _of_variable(container, variable)


def _of_variable(container: Container, variable: EnvVar) -> RuntimeSetting:
    at = variable.provided_at or variable.value_at or variable.at
    return RuntimeSetting(variable.name, variable.value, at, variable, container)


def _of_config_maps(repository: Repository, name: str) -> Iterator[RuntimeSetting]:
    for manifests in repository.manifests:
        for settings in manifests.settings:
            if settings.kind == "ConfigMap" and name in settings.data:
                fact = settings.data[name]
                yield RuntimeSetting(name, fact.value, fact.at)


def _of_composes(repository: Repository, name: str) -> Iterator[RuntimeSetting]:
    for compose in repository.composes:
        for service in compose.services if is_deployed(compose.path) else ():
            if fact := service.env.get(name):
                is_known = fact.value is not None and "$" not in fact.value
                yield RuntimeSetting(name, fact.value if is_known else None, fact.at)
