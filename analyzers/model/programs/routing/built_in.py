"""Routes that an import or a middleware brings along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.route import Route

_BY_IMPORT: Mapping[str, tuple[str, bool]] = {
    "net/http/pprof": ("/debug/pprof/", True),
    "expvar": ("/debug/vars", False),
    "golang.org/x/net/trace": ("/debug/", True),
}
"""What an import adds to `http.DefaultServeMux`; whether all below it, too."""
_HEARTBEAT = "github.com/go-chi/chi/middleware.Heartbeat"
_HEALTH_CHECKS = tuple(
    f"github.com/gofiber/fiber{version}/middleware/healthcheck.New" for version in ("", "/v2")
)
_NAMES = {"Heartbeat", "New"}
_HEALTH_PATHS = ("/livez", "/readyz")
"""What it answers to as a middleware, up to v2: https://docs.gofiber.io/v2.x/api/middleware/healthcheck"""


def find_built_in(code: Code, servers: tuple[Location, ...]) -> Iterator[Route]:
    """`servers` are those of `http.DefaultServeMux`."""
    seen: set[str] = set()
    for package in code.packages:
        for path, file in package.files.items():
            for imported in file.imports:
                if imported.path in _BY_IMPORT and imported.path not in seen:
                    seen.add(imported.path)
                    pattern, is_prefix = _BY_IMPORT[imported.path]
                    at = Location(path, file.span(imported))
                    yield Route(at, "", pattern, "net/http", is_prefix=is_prefix, servers=servers)
    yield from _of_middleware(code)


def _of_middleware(code: Code) -> Iterator[Route]:
    for site in code.named(_NAMES):
        call = site.node
        if call.method == "Heartbeat" and unversioned(call.callee) == _HEARTBEAT and call.arguments:
            path = call.arguments[0]
            yield Route(site.at, "GET", path.text if path.kind == "string" else None, "chi")
        elif call.method == "New" and call.callee in _HEALTH_CHECKS:
            for path_text in (None,) if call.arguments else _HEALTH_PATHS:
                yield Route(site.at, "GET", path_text, "fiber")
