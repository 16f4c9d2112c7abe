"""The gRPC services that a program registers with its servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.route import Route, RpcService
from analyzers.parsers.go import Call

_REGISTER = re.compile(r"Register(\w{1,100}?)(?:Server|Service)\Z")
_GATEWAY = re.compile(r"Register\w{1,100}Handler(?:FromEndpoint|Client|Server)?\Z")
_HTTP = re.compile(r"Register\w{1,100}HTTPServer\Z")
_REFLECTION = "google.golang.org/grpc/reflection.Register"
_MOST_SERVICES = 500


def find_rpc_services(code: Code) -> tuple[RpcService, ...]:
    """`pb.RegisterGreeterServer(server, implementation)` and its like, in reading order."""
    found = islice(_services(code), _MOST_SERVICES)
    return tuple(sorted(found, key=lambda service: service.at))


def _services(code: Code) -> Iterator[RpcService]:
    for site in code.every_call:
        call = site.node
        if call.callee == _REFLECTION:
            yield RpcService(site.at, "Reflection", call.callee)
        elif call.package and len(call.arguments) == 2 and not _HTTP.match(call.method[:200]):
            match = _REGISTER.match(call.method[:200])
            if match:
                yield RpcService(site.at, match[1], call.callee)


def find_generated_routes(code: Code) -> Iterator[Route]:
    """Handlers that generated code registers (grpc-gateway, kratos): their paths are not to be seen here."""
    for site in code.every_call:
        if site.node.package and _is_generated(site):
            yield Route(site.at, None, None, "grpc-gateway")


def _is_generated(site: Site[Call]) -> bool:
    name = site.node.method[:200]
    has_context = len(site.node.arguments) >= 3 and bool(_GATEWAY.match(name))
    return has_context or bool(_HTTP.match(name))
