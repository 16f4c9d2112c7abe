"""A gRPC client that spreads its calls over all addresses behind a name."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.fixes.go_source import indent_of
from analyzers.model.programs.grpc_clients import GrpcClient

_POLICY = '`{"loadBalancingConfig": [{"round_robin": {}}]}`'


def balanced_dial(client: GrpcClient) -> tuple[Location, str] | None:
    """The call's place and new text; None where its options or its target come from elsewhere."""
    site, file = client.site, client.site.file
    call = site.node.expression
    has_list = any(part.kind == "other" for part in call.arguments)
    if has_list or any(each.method == "WithDefaultServiceConfig" for each in site.function.calls):
        return None
    text, target = file.text(call), file.text(client.written)
    if not client.asks_dns:
        is_plain = client.written.kind == "string" and "://" not in client.written.text
        if not is_plain:
            return None
        start = len(file.source[call.start : client.written.start].decode(errors="replace"))
        text = f"{text[:start]}{target[0]}dns:///{target[1:]}{text[start + len(target) :]}"
    package = file.text(site.node.function).rpartition(".")[0]
    return site.at, _with_argument(text, f"{package}.WithDefaultServiceConfig({_POLICY})")


def _with_argument(call: str, argument: str) -> str:
    """One more at the end: on a line of its own where the last one is."""
    inner = call[:-1]
    written = inner.rstrip()
    if not written.endswith(","):
        return f"{inner}, {argument})"
    indent = indent_of(written.rpartition("\n")[2])
    return f"{written}\n{indent}{argument},{inner[len(written) :]})"
