"""Whether a program checks certificates against those of the system, as every TLS client does by default.

https://pkg.go.dev/crypto/x509#SystemCertPool
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.program import Program
from analyzers.model.programs.connections import find_connections
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Expression
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_value

_ROOTS = re.compile(
    r"golang\.org/x/crypto/x509roots/fallback.*"
    r"|github\.com/(?:breml/rootcerts|gwatts/rootcerts|certifi/gocertifi)(?:/.*)?"
)
"""Packages that put the well-known certificates into the binary."""
_CLOUD = re.compile(
    r"google\.golang\.org/api/(?!option|googleapi|iterator|internal).*"
    r"|cloud\.google\.com/go/(?!civil|internal).*"
    r"|github\.com/(?:aws/aws-sdk-go|aws/aws-sdk-go-v2)/service/.*"
    r"|github\.com/Azure/azure-sdk-for-go/sdk/(?!azcore/to|internal).*"
    r"|github\.com/(?:stripe/stripe-go|slack-go/slack|google/go-github/github|sendgrid/sendgrid-go"
    r"|twilio/twilio-go|openai/openai-go|sashabaranov/go-openai|anthropics/anthropic-sdk-go)(?:/.*)?"
)
"""Clients of services that are reached by HTTPS alone."""
_GRPC = "google.golang.org/grpc"
_REQUESTS = ("Get", "Post", "Head", "Put", "Patch", "Delete", "PostForm")


@light_value
class TlsClient:
    """`what` it connects to: an address, or the library that does."""

    at: Location
    what: str


def find_tls_client(program: Program) -> TlsClient | None:
    """The first connection that needs the system's certificates; None where the program has its own."""
    if _has_own_roots(program):
        return None
    found = (*_by_address(program), *_by_grpc(program), *_by_library(program))
    return found[0] if found else None


def _has_own_roots(program: Program) -> bool:
    if any(_ROOTS.fullmatch(path) for path in program.imports):
        return True
    if any(program.calls("crypto/x509.SetFallbackRoots")):
        return True
    fields = ("RootCAs", "InsecureSkipVerify")
    literals = program.literals("crypto/tls.Config")
    return any(program.code.assignments.get(name) for name in fields) or any(
        site.node.expression.field(name) for site in literals for name in fields
    )


def _by_address(program: Program) -> Iterator[TlsClient]:
    for connection in find_connections(program.code):
        first = connection.address[0] if connection.address else ""
        if connection.kind == "http" and isinstance(first, str) and first.startswith("https://"):
            yield TlsClient(connection.at, _host(first))
    values = Values(program.code)
    for site in program.methods(*_REQUESTS):
        for argument in site.node.arguments[:1]:
            address = values.constant(site.of(argument)) or ""
            if address.startswith("https://"):
                yield TlsClient(site.at, _host(address))


def _host(address: str) -> str:
    return "https://" + address.removeprefix("https://").partition("/")[0][:60]


def _by_grpc(program: Program) -> Iterator[TlsClient]:
    for site in program.calls(f"{_GRPC}.WithTransportCredentials"):
        made = site.node.arguments[0] if site.node.arguments else None
        if made is not None and _trusts_the_system(made):
            yield TlsClient(site.at, "a gRPC server by TLS")


def _trusts_the_system(made: Expression) -> bool:
    """`credentials.NewTLS(nil)`, or of a literal that says nothing of certificates."""
    first = unwrapped(made.arguments[0]) if made.kind == "call" and made.arguments else None
    if first is None:
        return False
    if made.text == f"{_GRPC}/credentials.NewClientTLSFromCert":
        return first.is_nil
    is_plain = first.is_nil or (first.kind == "composite" and first.text == "crypto/tls.Config")
    return made.text == f"{_GRPC}/credentials.NewTLS" and is_plain


def _by_library(program: Program) -> Iterator[TlsClient]:
    for path, at in sorted(program.imports.items()):
        if _CLOUD.fullmatch(unversioned(path)) or _CLOUD.fullmatch(path):
            yield TlsClient(at, path)
