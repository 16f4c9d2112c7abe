"""Services that a program reaches at an address which stands in its source and that nothing can change."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.connections import Connection, find_connections
from analyzers.model.programs.text import Text
from analyzers.parsers.connection_string import find_credentials
from analyzers.parsers.light import light_value

_OPEN = "\0"
"""Stands for a part that is decided when the program runs."""
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]{1,20})://(?P<authority>[^/?#]{1,300})(?P<rest>[/?#]|\Z)", re.I
)
_MYSQL = re.compile(r"@(?:tcp|tcp6|udp)\((?P<host>[^):\s]{1,255})(?::\d{1,5})?\)")
_PAIRS = re.compile(r"(?:^|[\s;])(?:host|server)\s{0,3}=\s{0,3}(?P<host>[^\s;,]{1,255})", re.I)
_PLAIN = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[\w.-]{1,255}):\d{1,5}\Z", re.I)
_HOST = re.compile(r"\[?[0-9a-z_:.-]+\]?", re.I)
_SCHEMES = frozenset(
    {
        *("amqp", "amqps", "clickhouse", "cockroachdb", "http", "https", "mongodb", "mongodb+srv", "mysql"),
        *("nats", "postgres", "postgresql", "redis", "rediss", "sqlserver", "tcp", "ws", "wss"),
    }
)
_OWN = frozenset({"localhost", "host.docker.internal", "host.minikube.internal", "bufnet", "bufconn"})
_OF_THE_PLATFORM = ("kubernetes.default", "metadata.google.internal", "metadata.goog")
_RESERVED = (".example", ".example.com", ".example.org", ".example.net", ".invalid", ".test", ".localhost")
_INTERNAL = (".internal", ".local", ".svc", ".corp", ".lan", ".intranet", ".intra", ".consul", ".home.arpa")
_REMOTE_APIS = frozenset({"http", "grpc", "tcp"})
"""What is spoken by services that others offer in public, at an address that is theirs."""


@light_value
class FixedHost:
    connection: Connection
    host: str


def find_fixed_hosts(code: Code) -> Iterator[FixedHost]:
    """Connections of which the host is known for sure, is another machine, and is not anybody's public API.

    Where a password stands in the same text, that is the worse mistake and told on its own.
    """
    for connection in find_connections(code):
        text = _written(connection.address)
        host = host_of(text) if not find_credentials(text.replace(_OPEN, "${_}")) else ""
        if host and is_elsewhere(host) and not _is_public(connection, host):
            yield FixedHost(connection, host)


def _written(address: Text) -> str:
    return "".join(piece if isinstance(piece, str) else _OPEN for piece in address)


def host_of(text: str) -> str:
    """The host of an address, a URL or a connection string; empty where it is not wholly written out.

    `dns:///` of gRPC is looked through. Schemes that other resolvers define mean no host.
    """
    text = re.sub(r"\Adns:///?(?:[^/]*/)?", "", text)
    if url := _URL.match(text):
        is_known = url["scheme"].lower() in _SCHEMES and _OPEN not in url["authority"].rpartition("@")[2]
        return _without_port(url["authority"].rpartition("@")[2]) if is_known else ""
    found = _MYSQL.search(text) or _PLAIN.match(text) or _PAIRS.search(text)
    host = found["host"].strip("'\"") if found else ""
    return _without_port(host) if _OPEN not in host and _HOST.fullmatch(host) else ""


def _without_port(authority: str) -> str:
    """Of the first, where there are several."""
    first = authority.partition(",")[0]
    if first.startswith("["):
        return first[1:].partition("]")[0]
    host = first.partition(":")[0] if first.count(":") < 2 else first
    return host if _HOST.fullmatch(host) else ""


def is_elsewhere(host: str) -> bool:
    """Not this machine, not what every cluster or cloud has at this name, no example."""
    name = host.lower().rstrip(".")
    if name in _OWN or name.startswith(_OF_THE_PLATFORM) or f".{name}".endswith(_RESERVED):
        return False
    address = _address(name)
    return address is None or not (address.is_loopback or address.is_unspecified or address.is_link_local)


def _is_public(connection: Connection, host: str) -> bool:
    if connection.kind not in _REMOTE_APIS:
        return False
    address = _address(host)
    if address is not None:
        return connection.kind == "tcp" and address.is_global
    name = host.lower().rstrip(".")
    return "." in name and not name.endswith(_INTERNAL) and ".svc." not in name


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
