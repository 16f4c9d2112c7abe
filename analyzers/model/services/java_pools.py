"""HikariCP pools where they are deployed: an image that bears its Java application's name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from analyzers.model.fact import Fact
from analyzers.model.java.application import JavaApplication
from analyzers.model.java.profiles import is_deployed_profile
from analyzers.model.service import Deployed
from analyzers.model.services.database_servers import Database
from analyzers.parsers.light import light_value

_URL_KEY = "spring.datasource.url"
_URL_VARIABLE = "SPRING_DATASOURCE_URL"
_SIZE_VARIABLE = "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE"
_KINDS: tuple[tuple[re.Pattern[str], Database], ...] = (
    (re.compile(r"jdbc:postgresql:"), "postgres"),
    (re.compile(r"jdbc:(?:mysql|mariadb):"), "mysql"),
)


@light_value
class DeployedPool:
    """One HikariCP pool of an application in one workload, with the address of its database."""

    maximum: Fact[int]
    number: int
    deployed: Deployed
    address: str
    database: Database


def find_deployed_pools(
    applications: Sequence[JavaApplication], deployed: Iterable[Deployed]
) -> Iterator[DeployedPool]:
    """Pools whose size and database are known, in workloads of the only application of that name."""
    named: dict[str, list[JavaApplication]] = {}
    for application in applications:
        named.setdefault(posixpath.basename(application.directory), []).append(application)
    for item in deployed:
        image = item.container.image.value if item.container.image else None
        found = named.get(image.short_name, []) if image else []
        if len(found) == 1 and image and image.short_name:
            yield from _pool(found[0], item)


def _pool(application: JavaApplication, item: Deployed) -> Iterator[DeployedPool]:
    pools = [pool for pool in application.pools if is_deployed_profile(pool.profile) and pool.maximum]
    size, address = item.container.variable(_SIZE_VARIABLE), _address(application, item)
    maximum = pools[0].maximum if len(pools) == 1 else None
    database = next((kind for pattern, kind in _KINDS if pattern.match(address)), None)
    if maximum and maximum.value and size is None and database and item.container.env_is_complete:
        yield DeployedPool(maximum, maximum.value, item, address, database)


def _address(application: JavaApplication, item: Deployed) -> str:
    variable = item.container.variable(_URL_VARIABLE)
    if variable:
        return variable.value or ""
    written = [
        each.values[_URL_KEY].value or ""
        for each in application.settings
        if _URL_KEY in each.values and is_deployed_profile(each.profile)
    ]
    return written[0] if len(written) == 1 else ""
