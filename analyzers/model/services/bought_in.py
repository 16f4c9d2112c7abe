"""Software that most repositories run as it comes: databases, queues, tools for developers."""

from __future__ import annotations

from analyzers.model.workload import Container

_STORES = frozenset(
    {
        *("cassandra", "clickhouse", "couchdb", "elasticsearch", "etcd", "influxdb", "mariadb", "memcached"),
        *("minio", "mongo", "mongodb", "mysql", "neo4j", "opensearch", "percona", "postgres", "postgresql"),
        *("redis", "redis-stack", "redis-stack-server", "timescaledb", "valkey"),
    }
)
_QUEUES = frozenset(
    {"activemq", "cp-kafka", "cp-zookeeper", "kafka", "nats", "rabbitmq", "redpanda", "zookeeper"}
)
_HELPERS = frozenset({"adminer", "all-in-one", "localstack", "mailhog", "mailpit", "pgadmin4", "phpmyadmin"})


def is_bought_in(container: Container) -> bool:
    """Its image bears the name of such software, whoever packs it."""
    image = container.image.value if container.image else None
    return image is not None and image.short_name in _STORES | _QUEUES | _HELPERS
