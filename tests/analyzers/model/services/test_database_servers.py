"""Database servers that a repository deploys, and who talks to them."""

from __future__ import annotations

import pytest

from analyzers.model.services.crowds import crowd_of
from analyzers.model.services.database_servers import (
    DatabaseServer,
    find_database_servers,
    host_of_address,
    server_of,
)
from tests.analyzers.model.repositories import autoscaler, cluster_service, repository, workload

CONFIG = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: db\n"
    "data:\n  postgresql.conf: 'max_connections = 70'\n"
)
MOUNT = "          volumeMounts:\n            - name: a\n              mountPath: {}\n"
VOLUME = "      volumes:\n        - name: a\n          configMap:\n            name: db\n"


def servers(files: dict[str, str]) -> list[DatabaseServer]:
    read = repository(files)
    return find_database_servers(read.deployed, [each for one in read.manifests for each in one.settings])


@pytest.mark.parametrize(
    ("image", "extra", "maximum"),
    [
        ("redis:7", "", None),
        ("postgres:16", "", 100),
        ("bitnami/postgresql:16", "", 100),
        ("mariadb:11", "", 151),
        ("postgres:16", "          args: [-c, max_connections=300]\n", 300),
        ("mysql:8", "          args: ['--max-connections=400']\n", 400),
        ("postgres:16", "          args: [-c, 'max_connections=$(MAX)']\n", None),
        ("postgres:16", "          args: ['-c', 'config_file=/etc/pg.conf']\n", None),
        (
            "bitnami/postgresql:16",
            "          env:\n            - name: POSTGRESQL_MAX_CONNECTIONS\n              value: '250'\n",
            250,
        ),
        ("postgres:16", MOUNT.format("/etc/postgresql/conf.d"), None),
        ("postgres:16", MOUNT.format("/var/lib/postgresql/data"), 100),
        ("postgres:16", MOUNT.format("/etc/postgresql/conf.d") + VOLUME, 70),
    ],
)
def test_how_many_connections_a_server_takes(image: str, extra: str, maximum: int | None) -> None:
    found = servers({"deploy/db.yaml": workload("db", image, extra=extra) + "---\n" + CONFIG})
    assert [server.maximum for server in found] == ([maximum] if maximum else [])


def test_a_pooler_stands_in_between() -> None:
    files = {"db.yaml": workload("db", "postgres"), "pooler.yaml": workload("pool", "edoburu/pgbouncer:1")}
    assert servers(files) == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgres://shop:a@db:5432/shop", "db"),
        ("postgres://db/shop", "db"),
        ("shop:a@tcp(db:3306)/shop", "db"),
        ("user=shop host=db.shop dbname=a", "db.shop"),
        ("jdbc:postgresql://db:5432/shop", "db"),
        ("file.db", None),
    ],
)
def test_host_of_an_address(address: str, host: str | None) -> None:
    assert host_of_address(address) == host


@pytest.mark.parametrize(
    ("host", "others", "expected"),
    [
        ("db", (), "db"),
        (None, (), "db"),
        ("db", ("stock",), "db"),
        (None, ("stock",), None),
        ("elsewhere", (), None),
    ],
)
def test_whom_a_workload_talks_to(host: str | None, others: tuple[str, ...], expected: str | None) -> None:
    files = {"shop.yaml": workload("shop", "shop")}
    for name in ("db", *others):
        files[f"{name}.yaml"] = workload(name, "postgres:16") + "---\n" + cluster_service(name, name)
    read = repository(files)
    (caller,) = [item for item in read.deployed if item.workload.name == "shop"]
    server = server_of(find_database_servers(read.deployed, []), "postgres", caller, host)
    assert (server.deployed.workload.name if server else None) == expected


def test_how_many_pods() -> None:
    read = repository({"a.yaml": workload("shop", "shop"), "b.yaml": autoscaler("shop")})
    (item,) = read.deployed
    crowd = crowd_of(item)
    assert crowd
    assert (crowd.pods, crowd.is_scaled) == (4, True)
