"""Whether a program's gRPC servers have the health service that probes ask.

https://github.com/grpc/grpc/blob/master/doc/health-checking.md
"""

from __future__ import annotations

import re

from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call

_NEW_SERVER = "google.golang.org/grpc.NewServer"
_SERVERS = ("google.golang.org/grpc.Server", "google.golang.org/grpc.ServiceRegistrar", _NEW_SERVER)
_HARMLESS = re.compile(
    r"google\.golang\.org/grpc/(?:reflection|channelz|admin)"
    r"|github\.com/grpc-ecosystem/go-grpc-(?:prometheus|middleware)"
    r"|golang\.org/x/|net/http\.|fmt\.|log\."
    r"|.*\.Register\w{1,100}(?:Server|Service)$"
)
"""What gets a server and adds no health service: generated code registers what it is named after."""
_MOST_NAME = 300


def servers_without_health(program: Program) -> tuple[Site[Call], ...]:
    """Where it makes its gRPC servers; none where one of them has, or may have, the health service."""
    servers = tuple(program.calls(_NEW_SERVER))
    speaks_of_health = any("health" in path.lower() for path in program.imports)
    has_health = any(service.is_health for service in program.rpc_services)
    if speaks_of_health or has_health or hides_listening(program.code):
        return ()
    every_call = program.code.every_call() if servers else ()
    return () if any(_hands_out(program, site) for site in every_call) else servers


def _hands_out(program: Program, site: Site[Call]) -> bool:
    """A library gets a server, and may register more services."""
    call = site.node
    types = program.code.types
    if _HARMLESS.match(call.callee[:_MOST_NAME]) or not any(
        argument.kind in ("name", "selector", "unary", "call") and types.of(site.of(argument)) in _SERVERS
        for argument in call.arguments
    ):
        return False
    receiver = call.receiver
    if receiver is None and not call.package:
        return call.callee not in ("append", "panic") and not program.code.called(site)
    return not program.code.called(site)
