"""Database servers that the repository deploys itself, and how many connections they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from analyzers.finding import Location
from analyzers.model.service import Deployed
from analyzers.model.services.surrounding import find_by_host
from analyzers.model.workload import Settings, Workload
from analyzers.parsers.light import light_value

Database = Literal["postgres", "mysql"]
_IMAGES: dict[str, Database] = {
    **dict.fromkeys(("postgres", "postgresql", "postgis", "timescaledb", "pgvector"), "postgres"),
    **dict.fromkeys(("mysql", "mariadb", "percona", "mysql-server"), "mysql"),
}
_DEFAULTS = {"postgres": 100, "mysql": 151}
"""https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS,
https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections"""
_VARIABLE = "POSTGRESQL_MAX_CONNECTIONS"
_WORDS = re.compile(r"max[_-]connections[ =]{1,3}([0-9]{1,7})\b")
_FILE = re.compile(r"^[ \t]{0,20}max[_-]connections[ \t]{0,20}=[ \t]{0,20}'?([0-9]{1,7})\b", re.M)
_ELSEWHERE = re.compile(r"config_file|defaults-(?:extra-)?file|max[_-]connections")
_CONFIGURATION = re.compile(r"conf|my\.cnf")
_POOLERS = re.compile(r"bouncer|pgcat|pgpool|proxysql|odyssey|pooler|supavisor|maxscale")
_HOSTS = (
    re.compile(r"@tcp\((?P<host>[^):\s]{1,255})"),
    re.compile(r"://(?:[^@\s/]{0,300}@)?(?P<host>[^:/?\s@,]{1,255})"),
    re.compile(r"(?:^|[\s;])host\s{0,5}=\s{0,5}'?(?P<host>[^\s';,]{1,255})"),
)


@light_value
class DatabaseServer:
    """`maximum` stands at `at`; at the container where it is the server's default."""

    deployed: Deployed
    database: Database
    maximum: int
    at: Location
    is_default: bool


def find_database_servers(deployed: Iterable[Deployed], settings: Sequence[Settings]) -> list[DatabaseServer]:
    """Every server with a known limit; none at all where something gathers connections in front of them."""
    items = list(deployed)
    images = [
        item.container.image.value for item in items if item.container.image and item.container.image.value
    ]
    if any(_POOLERS.search(image.text[:300]) for image in images):
        return []
    return [server for item in items for server in _server(item, settings)]


def host_of_address(address: str) -> str | None:
    """The host of a database's address, in any of the usual forms."""
    found = (pattern.search(address[:2_000]) for pattern in _HOSTS)
    return next((match["host"] for match in found if match), None)


def server_of(
    servers: Sequence[DatabaseServer], database: Database, caller: Deployed, host: str | None
) -> DatabaseServer | None:
    """The server that a workload talks to: behind the host's Service, or the only one of its kind around."""
    workload = caller.workload
    around = [each for each in servers if each.database == database and _is_around(each, workload)]
    if host is not None:
        services = [service for each in around for service in each.deployed.cluster_services]
        called = find_by_host(host, services, workload)
        around = [each for each in around if called and called in each.deployed.cluster_services]
    return around[0] if len(around) == 1 else None


def _is_around(server: DatabaseServer, workload: Workload) -> bool:
    other = server.deployed.workload
    return (other.overlay, other.namespace) == (workload.overlay, workload.namespace)


def _server(item: Deployed, settings: Sequence[Settings]) -> Iterator[DatabaseServer]:
    container, image = item.container, item.container.image
    database = _IMAGES.get(image.value.short_name) if image and image.value else None
    if database is None or not container.is_complete or not item.workload.is_complete:
        return
    found = _written(item, settings)
    if found:
        yield DatabaseServer(item, database, *found, is_default=False)
    elif not _may_be_elsewhere(item):
        yield DatabaseServer(item, database, _DEFAULTS[database], container.at, is_default=True)


def _written(item: Deployed, settings: Sequence[Settings]) -> tuple[int, Location] | None:
    """In the command line, in a variable of Bitnami's image, or in a ConfigMap that the pod shows."""
    container = item.container
    if found := _WORDS.search(_command_line(item)):
        place = container.places.get("args") or container.places.get("command") or container.at
        return int(found[1]), place
    variable = container.variable(_VARIABLE)
    if variable and variable.value and re.fullmatch("[0-9]{1,7}", variable.value):
        return int(variable.value), variable.at
    for each in _shown(item.workload, settings):
        for fact in each.data.values():
            if fact.value and (found := _FILE.search(fact.value)):
                return int(found[1]), fact.at
    return None


def _may_be_elsewhere(item: Deployed) -> bool:
    """A file that is not here, or a value that is not known, may say something else."""
    container = item.container
    shows_file = any(_CONFIGURATION.search(mount.path or "conf") for mount in container.mounts)
    has_variable = container.variable(_VARIABLE) is not None
    return shows_file or has_variable or bool(_ELSEWHERE.search(_command_line(item)))


def _command_line(item: Deployed) -> str:
    container = item.container
    return " ".join((*(container.command or ()), *(container.args or ())))[:5_000]


def _shown(workload: Workload, settings: Sequence[Settings]) -> Iterator[Settings]:
    names = {volume.object_name for volume in workload.volumes if volume.kind == "configMap"} - {""}
    for each in settings:
        same = (each.kind, each.namespace, each.overlay) == (
            "ConfigMap",
            workload.namespace,
            workload.overlay,
        )
        if same and each.name in names:
            yield each
