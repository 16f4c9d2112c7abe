"""How long gRPC servers keep a connection, and how often either side asks whether the other still lives.

https://pkg.go.dev/google.golang.org/grpc/keepalive
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.grpc_options import Options, read_options
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Parameter
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_value

_GRPC = "google.golang.org/grpc"
_SERVER, _POLICY, _CLIENT = (
    f"{_GRPC}.{name}" for name in ("KeepaliveParams", "KeepaliveEnforcementPolicy", "WithKeepaliveParams")
)
_DIALS = {f"{_GRPC}.Dial": 1, f"{_GRPC}.NewClient": 1, f"{_GRPC}.DialContext": 2}
"""Where the options begin."""
_MOST_CALLS = 200


@light_value
class ServerKeepalive:
    """`keepalive.ServerParameters`. What is None is not set: no age and no idle time end a connection then,
    the time is two hours, its timeout 20 seconds."""

    at: Location
    max_connection_age: Duration | None
    max_connection_age_grace: Duration | None
    max_connection_idle: Duration | None
    time: Duration | None
    timeout: Duration | None


@light_value
class EnforcementPolicy:
    """`keepalive.EnforcementPolicy`: a client that asks more often than `min_time` (None: five minutes) is
    sent away. `permits_without_stream` is None where it cannot be known."""

    at: Location
    min_time: Duration | None
    permits_without_stream: bool | None


@light_value
class ClientKeepalive:
    """`keepalive.ClientParameters`. What is None is not set: the client never asks then, its timeout is
    20 seconds."""

    at: Location
    time: Duration | None
    timeout: Duration | None
    permits_without_stream: bool | None


@light_value
class GrpcServer:
    """A `grpc.NewServer`. `keepalive` and `policy` are None where no option sets them; that holds only if
    `options_are_known`."""

    site: Site[Call]
    keepalive: ServerKeepalive | None
    policy: EnforcementPolicy | None
    options_are_known: bool


@light_value
class GrpcDial:
    """A connection that is opened. `keepalive` as that of a server."""

    site: Site[Call]
    keepalive: ClientKeepalive | None
    options_are_known: bool


def find_grpc_servers(code: Code) -> Iterator[GrpcServer]:
    sites = list(islice(code.calls(f"{_GRPC}.NewServer"), _MOST_CALLS))
    made = [read_options(code, site, 0) for site in sites]
    reader = _Reader(code, made)
    has_strays = reader.has_strays(_SERVER, _POLICY)
    for site, options in zip(sites, made, strict=True):
        parameters, policy = reader.argument(options, _SERVER), reader.argument(options, _POLICY)
        yield GrpcServer(
            site,
            reader.server(parameters) if parameters else None,
            reader.policy(policy) if policy else None,
            options.are_known and not has_strays,
        )


def find_grpc_dials(code: Code) -> Iterator[GrpcDial]:
    sites = list(islice(code.calls(*_DIALS), _MOST_CALLS))
    made = [read_options(code, site, _DIALS[site.node.callee]) for site in sites]
    reader = _Reader(code, made)
    has_strays = reader.has_strays(_CLIENT)
    for site, options in zip(sites, made, strict=True):
        parameters = reader.argument(options, _CLIENT)
        keepalive = reader.client(parameters) if parameters else None
        yield GrpcDial(site, keepalive, options.are_known and not has_strays)


class _Reader:
    """Reads the structs that keepalive options are given."""

    def __init__(self, code: Code, made: Sequence[Options]) -> None:
        self._code = code
        self._seen = {(each.path, each.node.start) for options in made for each in options.found}
        self._values = Values(code)

    def argument(self, options: Options, callee: str) -> Site[Expression] | None:
        """The struct of the last option of a kind."""
        given = [each for each in options.found if each.node.text == callee and each.node.arguments]
        return self._struct(given[-1].of(given[-1].node.arguments[0])) if given else None

    def has_strays(self, *callees: str) -> bool:
        """An option of the kind is made where nobody is seen to take it: any server or client may."""
        return any((site.path, site.node.start) not in self._seen for site in self._code.calls(*callees))

    def _struct(self, site: Site[Expression]) -> Site[Expression]:
        """The literal behind a name."""
        node = unwrapped(site.node)
        meaning = (
            self._code.types.index(site.function).meaning(node.text, node.start)
            if node.kind == "name"
            else None
        )
        if meaning is None or isinstance(meaning, Parameter):
            return site.of(node)
        value = meaning[0].value_of(meaning[1])
        return site.of(unwrapped(value)) if value else site.of(node)

    def server(self, site: Site[Expression]) -> ServerKeepalive:
        return ServerKeepalive(
            site.at,
            self._duration(site, "MaxConnectionAge"),
            self._duration(site, "MaxConnectionAgeGrace"),
            self._duration(site, "MaxConnectionIdle"),
            self._duration(site, "Time"),
            self._duration(site, "Timeout"),
        )

    def policy(self, site: Site[Expression]) -> EnforcementPolicy:
        return EnforcementPolicy(
            site.at, self._duration(site, "MinTime"), self._flag(site, "PermitWithoutStream")
        )

    def client(self, site: Site[Expression]) -> ClientKeepalive:
        return ClientKeepalive(
            site.at,
            self._duration(site, "Time"),
            self._duration(site, "Timeout"),
            self._flag(site, "PermitWithoutStream"),
        )

    def _duration(self, site: Site[Expression], name: str) -> Duration | None:
        written = site.node.field(name)
        if written is not None:
            return self._values.duration(site.of(written))
        return None if self._is_zero(site, name) else Duration(None)

    def _flag(self, site: Site[Expression], name: str) -> bool | None:
        written = site.node.field(name)
        if written is None:
            return False if self._is_zero(site, name) else None
        return {"true": True, "false": False}.get(written.text) if written.kind == "name" else None

    def _is_zero(self, site: Site[Expression], name: str) -> bool:
        """The struct is written out here, by field names, and nothing in the function sets the field."""
        is_literal = site.node.kind == "composite" and all(part.kind == "keyed" for part in site.node.parts)
        later = self._code.assignments.get(name, ())
        return is_literal and not any(entry.function is site.function for entry in later)
