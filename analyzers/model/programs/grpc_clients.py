"""The gRPC clients of a program: whom they call, and whether they spread their calls over several pods."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analyzers.finding import Location
from analyzers.model.image import Image
from analyzers.model.program import Program
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Text
from analyzers.model.programs.values import Values
from analyzers.model.services.startup import filled
from analyzers.model.workload import Container
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.light import light_value

_GRPC = "google.golang.org/grpc"
_DIALS = {f"{_GRPC}.Dial": 0, f"{_GRPC}.NewClient": 0, f"{_GRPC}.DialContext": 1}
"""Which argument is the target."""
_CONFIG = f"{_GRPC}.WithDefaultServiceConfig"
_BALANCING_IMPORTS = (f"{_GRPC}/xds", f"{_GRPC}/balancer", f"{_GRPC}/resolver")
_PLAIN_SCHEMES = ("dns", "passthrough")
_LASTING = frozenset({"main", "run", "Run", "start", "Start", "serve", "Serve"})
"""Functions that last as long as the program."""
_MOST_CALLS = 200


@light_value
class GrpcClient:
    site: Site[Call]
    target: Text
    written: Expression
    """The target as an expression."""
    is_spread: bool = False
    """Its own service config asks for a policy that uses every address it is given."""

    @property
    def at(self) -> Location:
        return self.site.at

    @property
    def asks_dns(self) -> bool:
        """Every address behind the name is found: by the scheme `dns`, which is NewClient's default.

        https://pkg.go.dev/google.golang.org/grpc#NewClient
        """
        start = "".join(piece if isinstance(piece, str) else piece.default or "" for piece in self.target)
        scheme, separator, _ = start.partition("://")
        return scheme == "dns" if separator else self.site.node.method == "NewClient"


def find_grpc_clients(program: Program) -> Iterator[GrpcClient]:
    """Every connection that is opened with gRPC's own options."""
    values = Values(program.code)
    for site in islice(program.calls(*_DIALS), _MOST_CALLS):
        index = _DIALS[site.node.callee]
        if index >= len(site.node.arguments) or _is_brief(site) or _has_foreign_option(program, site, index):
            continue
        written = site.node.arguments[index]
        yield GrpcClient(site, values.text(site.of(written)), written, _is_spread(values, site, index))


def _is_spread(values: Values, site: Site[Call], index: int) -> bool:
    """By an option among its own arguments, or one that its function puts into a list of options."""
    options = site.node.arguments[index + 1 :]
    whole = site.function if any(option.kind != "call" for option in options) else site.node
    texts = (
        values.constant(site.of(call.arguments[0]))
        for call in site.function.calls
        if call.callee == _CONFIG and call.arguments and whole.start <= call.start < whole.end
    )
    return any(text and "loadBalancing" in text and "pick_first" not in text for text in texts)


def may_balance(program: Program) -> bool:
    """Any of the program's clients may spread its calls: by a service config, a resolver or a balancer."""
    if any(path.startswith(_BALANCING_IMPORTS) or "kuberesolver" in path for path in program.imports):
        return True
    if any(program.calls(f"{_GRPC}.WithBalancerName", f"{_GRPC}.WithResolvers")):
        return True
    values = Values(program.code)
    configs = program.calls(_CONFIG)
    texts = (values.constant(site.of(site.node.arguments[0])) for site in configs if site.node.arguments)
    return any(map(_spreads, texts))


def _spreads(config: str | None) -> bool:
    return config is None or "loadBalancing" in config


def _is_brief(site: Site[Call]) -> bool:
    """The connection ends with the function that opens it, so that every call of it may reach another pod."""
    if site.function.name in _LASTING or not site.node.names:
        return False
    closing = f"{site.node.names[0]}.Close"
    return any(call.is_deferred and call.callee == closing for call in site.function.calls)


def _has_foreign_option(program: Program, site: Site[Call], index: int) -> bool:
    """An option made by another library may say anything."""
    options = {(option.start, option.end) for option in site.node.arguments[index + 1 :]}
    packages = {call.package for call in site.function.calls if (call.start, call.end) in options}
    own = (package.startswith(_GRPC) or package in program.code.by_path for package in packages if package)
    return not all(own)


def address_of(
    client: GrpcClient, container: Container | None, image: Image | None
) -> tuple[str, str] | None:
    """The host that a client calls when it is started so, and the port or an empty text.

    None where unknown, or found in another way.
    """
    target = filled(client.target, container, image)
    if target is None:
        return None
    scheme, separator, rest = target.partition(":///")
    if separator and scheme not in _PLAIN_SCHEMES:
        return None
    host, _, port = (rest if separator else scheme).partition(":")
    return (host, port) if host and "/" not in host else None
