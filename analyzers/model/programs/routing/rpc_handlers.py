"""HTTP handlers that generated code makes for a whole service: Twirp's and Connect's.

A handler answers below `/package.Service/`; the path stands in the generated code, if the repository has it.
https://twitchtv.github.io/twirp/docs/routing.html, https://connectrpc.com/docs/go/routing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Package, Site
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call
from analyzers.parsers.light import light_record

_TWIRP = re.compile(r"New(\w{1,200})Server\Z")
_CONNECT = re.compile(r"New\w{1,200}Handler\Z")
_TWIRP_PREFIX = "/twirp/"
_TWIRP_OPTION = "github.com/twitchtv/twirp.WithServerPathPrefix"
_CONNECT_IMPORTS = ("connectrpc.com/connect", "github.com/bufbuild/connect-go")
_READY: Mapping[str, str] = {
    "connectrpc.com/grpchealth.NewHandler": "/grpc.health.v1.Health/",
    "connectrpc.com/grpcreflect.NewHandlerV1": "/grpc.reflection.v1.ServerReflection/",
    "connectrpc.com/grpcreflect.NewHandlerV1Alpha": "/grpc.reflection.v1alpha.ServerReflection/",
    "github.com/bufbuild/connect-grpchealth-go.NewHandler": "/grpc.health.v1.Health/",
}
"""Handlers of Connect's own libraries: https://connectrpc.com/docs/go/grpc-compatibility"""
_READY_NAMES = frozenset(name.rpartition(".")[2] for name in _READY)


@light_record
class RpcHandler:
    """`path` is what the handler answers below, None where it cannot be known. Connect's functions give
    the path and the handler, Twirp's the handler alone."""

    framework: str
    path: str | None
    method: str

    @property
    def result(self) -> int:
        """Which result of the function is the handler."""
        return 1 if self.framework == "connect" else 0


class RpcHandlers:
    """Recognises the calls that make such handlers in one program."""

    def __init__(self, code: Code, values: Values) -> None:
        self._code = code
        self._values = values

    def all(self) -> Iterator[tuple[Site[Call], RpcHandler]]:
        for site in self._code.calls_that(_makes, _makes_by_name):
            if made := self.made(site):
                yield site, made

    def made(self, site: Site[Call]) -> RpcHandler | None:
        """What a call makes; None for any other call."""
        call = site.node
        ready = _READY.get(unversioned(call.callee))
        if ready:
            return RpcHandler("connect", ready, "")
        package = self._code.by_path.get(call.package) if call.package else site.package
        if package is None:
            is_generated = call.package.endswith("connect") and call.package not in _CONNECT_IMPORTS
            is_connect = is_generated and _CONNECT.match(call.method)
            return RpcHandler("connect", None, "") if is_connect else None
        if call.receiver is not None:
            return None
        return self._twirp(site, package) or self._connect(site, package)

    def _twirp(self, site: Site[Call], package: Package) -> RpcHandler | None:
        match = _TWIRP.match(site.node.method)
        found = package.declarations.get(f"{match[1]}PathPrefix") if match else None
        if found is None or found[1].value is None or found[1].value.kind != "string":
            return None
        return RpcHandler("twirp", self._prefixed(site, found[1].value.text), "POST")

    def _prefixed(self, site: Site[Call], path: str) -> str | None:
        """With another prefix than `/twirp`, where an option says so."""
        given = [part for part in site.node.arguments[1:] if part.text == _TWIRP_OPTION]
        if not given:
            return None if any(self._code.calls(_TWIRP_OPTION)) else path
        prefix = self._values.constant(site.of(given[-1].arguments[0])) if given[-1].arguments else None
        return None if prefix is None else f"{prefix.rstrip('/')}/{path.removeprefix(_TWIRP_PREFIX)}"

    def _connect(self, site: Site[Call], package: Package) -> RpcHandler | None:
        found = package.plain_functions.get(site.node.method) if _CONNECT.match(site.node.method) else None
        if found is None or not any(map(package.files[found[0]].imports_path, _CONNECT_IMPORTS)):
            return None
        paths = [entry.values[0] for entry in found[1].returns if len(entry.values) == 2]
        literal = [path.text for path in paths if path.kind == "string" and path.text.startswith("/")]
        is_generated = len(literal) == len(paths) == 1
        return RpcHandler("connect", literal[0], "") if is_generated else None


def _makes(call: Call) -> bool:
    return _makes_by_name(call.method)


def _makes_by_name(name: str) -> bool:
    return bool(_TWIRP.match(name) or _CONNECT.match(name)) or name in _READY_NAMES
