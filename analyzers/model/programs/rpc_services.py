"""The gRPC services that a program registers with its servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
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
    for site in code.calls_that(_service, _registers):
        yield RpcService(site.at, _service(site.node), site.node.callee)


def _service(call: Call) -> str:
    """The name of the service that a call registers, empty for any other call."""
    if call.callee == _REFLECTION:
        return "Reflection"
    name = call.method[:200] if call.package and len(call.arguments) == 2 else ""
    match = None if _HTTP.match(name) else _REGISTER.match(name)
    return match[1] if match else ""


def find_generated_routes(code: Code) -> Iterator[Route]:
    """Handlers that generated code registers (grpc-gateway, kratos): their paths are not to be seen here."""
    for site in code.calls_that(_is_generated, _registers):
        yield Route(site.at, None, None, "grpc-gateway")


def _is_generated(call: Call) -> bool:
    name = call.method[:200] if call.package else ""
    has_context = len(call.arguments) >= 3 and bool(_GATEWAY.match(name))
    return has_context or bool(_HTTP.match(name))


def _registers(name: str) -> bool:
    return name.startswith("Register")
