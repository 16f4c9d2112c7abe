from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Edit, Fix, Location, Related
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed
from analyzers.model.services.pod_ports import port_probes, shown, title_of
from analyzers.model.services.surrounding import Selected
from analyzers.model.workload import Container, Port
from analyzers.parsers.light import light_value
from analyzers.rule import Problem, Replacement, rule


@light_value
class Ask:
    """A port that is asked for by its name."""

    who: str
    name: str
    at: Location
    is_probe: bool


@rule
def check(repository: Repository) -> Iterator[Problem]:
    selected = Selected(repository.deployed)
    for item in repository.deployed:
        asks = [*_by_probes(item.container), *_by_services(selected, item)]
        for name, asking in _by_name(asks).items():
            yield _problem(repository, item, name, asking)


def _by_name(asks: Sequence[Ask]) -> Mapping[str, Sequence[Ask]]:
    """All who ask for one name find the same mistake. A name of digits is another one: a quoted number."""
    found: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if not ask.name.isdigit():
            found[ask.name].append(ask)
    return found


def _by_probes(container: Container) -> Iterator[Ask]:
    for name, probe in port_probes(container) if _is_known(container) else ():
        value = probe.port.value if probe.port else None
        if probe.port and isinstance(value, str) and value not in _names((container,)):
            yield Ask(f"the {name} probe", value, probe.port.at, True)


def _by_services(selected: Selected, item: Deployed) -> Iterator[Ask]:
    """What no container behind a Service has. It is told of the first container of a pod."""
    if item.container is not item.workload.containers[0]:
        return
    for service in item.cluster_services:
        containers = _containers(selected.by(service))
        for port in service.ports if containers and not service.is_headless else ():
            target = port.target
            if port.target_at and isinstance(target, str) and target not in _names(containers):
                yield Ask(title_of(service), target, port.target_at, False)


def _containers(behind: Sequence[Deployed]) -> Sequence[Container]:
    """The containers of every pod that is selected; none where one of them is not wholly known."""
    workloads = [item.workload for item in behind if item.container is item.workload.containers[0]]
    containers = [
        container for workload in workloads for container in (*workload.containers, *workload.init_containers)
    ]
    is_known = all(workload.is_complete for workload in workloads) and all(map(_is_known, containers))
    return containers if is_known else ()


def _is_known(container: Container) -> bool:
    return container.is_complete and all(port.is_known for port in container.ports)


def _names(containers: Sequence[Container]) -> set[str]:
    return {port.name for container in containers for port in container.ports if port.name}


def _problem(repository: Repository, item: Deployed, name: str, asks: Sequence[Ask]) -> Problem:
    first, *others = asks
    container = item.container
    names = " and ".join(f"`{each}`" for each in sorted(_names((container,))))
    fix, replacements = _mending(repository, item, name, asks)
    return Problem(
        first.at,
        values={
            "who": first.who,
            "name": name,
            "container": shown(container.name),
            "declared": f"only {names}" if names else "no named port",
        },
        related=tuple(Related(ask.at, f"{ask.who} asks for it, too") for ask in others),
        fix=fix,
        replacements=replacements,
        evidence=f"{container.name} {name}",
        case="" if first.is_probe else "service",
    )


def _mending(
    repository: Repository, item: Deployed, name: str, asks: Sequence[Ask]
) -> tuple[Fix | None, tuple[Replacement, ...]]:
    """A container with one port: it gets the name, or all who ask take the one it has.

    A Service that has that one already means another port, which is missing.
    """
    if len(item.container.ports) != 1:
        return None, ()
    (port,) = item.container.ports
    if not port.name:
        return _named(repository, port, name), ()
    targets = {each.target for service in item.cluster_services for each in service.ports}
    is_taken = bool(targets & {port.name, port.number}) and not all(ask.is_probe for ask in asks)
    return None, () if is_taken else tuple(Replacement(ask.at, port.name) for ask in asks)


def _named(repository: Repository, port: Port, name: str) -> Fix | None:
    if repository.text_at(port.at).startswith("{"):
        return None
    span = port.at.span
    line = f"{' ' * (span.column - 1)}name: {name}"
    return Fix((Edit(port.at.path, span.end_line + 1, span.end_line, line),))
