"""How the common Go routers are made, grouped and filled."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.parsers.light import light_node

_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE")
_TITLED = {verb.title(): verb for verb in _VERBS}
_LISTED = {verb: verb for verb in _VERBS}


@light_node
class Dialect:
    """One framework. Import paths are without major versions.

    `verbs` are methods that take path and handler, by the HTTP method they stand for ('' for any).
    `named` take the HTTP method (or several) first, then path and handler; `files` serve all below a path.
    """

    name: str
    package: str
    types: tuple[str, ...]
    constructors: tuple[str, ...]
    verbs: Mapping[str, str]
    named: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    single_files: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Methods that give a router with a prefix (their first argument) in front."""
    blocks: tuple[str, ...] = ()
    """Methods that hand such a router to their last argument, a function; the prefix may be missing."""
    mounts: tuple[str, ...] = ()
    """Methods that put another router below a path."""
    same: tuple[str, ...] = ("Use",)
    """Methods and fields that give the same router back."""
    lists: tuple[str, ...] = ()
    """Methods that take routes as values, one or a list of them."""
    others: tuple[str, ...] = ()
    """Methods that take a handler for whatever no route answers."""
    chained: tuple[str, ...] = ()
    """Methods that register and then give the same router back."""
    hosts: tuple[str, ...] = ()
    """Methods that give a router for one host, their argument."""
    paths: tuple[str, ...] = ()
    """Methods that give a router for one path: what is registered on it says no further one."""
    takes_verbs: bool = False
    """A path may have the HTTP method in front: `GET /items`."""


NET_HTTP = Dialect(
    name="net/http",
    package="net/http",
    types=("ServeMux",),
    constructors=("NewServeMux", "DefaultServeMux"),
    verbs={"Handle": "", "HandleFunc": ""},
    takes_verbs=True,
)
_GIN = Dialect(
    name="gin",
    package="github.com/gin-gonic/gin",
    types=("Engine", "RouterGroup", "IRouter", "IRoutes"),
    constructors=("Default", "New"),
    verbs={**_LISTED, "Any": ""},
    named=("Handle", "Match"),
    files=("Static", "StaticFS"),
    single_files=("StaticFile", "StaticFileFS"),
    groups=("Group",),
    same=("Use", "RouterGroup"),
    chained=(*_LISTED, "Any", "Handle", "Match", "Static", "StaticFS", "StaticFile", "StaticFileFS"),
    others=("NoRoute",),
)
_HERTZ = Dialect(
    name="hertz",
    package="github.com/cloudwego/hertz/pkg/app/server",
    types=("Hertz",),
    constructors=("Default", "New"),
    verbs={**_LISTED, "Any": ""},
    named=("Handle",),
    files=("Static", "StaticFS"),
    single_files=("StaticFile",),
    groups=("Group",),
    same=("Use", "Engine", "RouterGroup"),
    chained=(*_LISTED, "Any", "Handle", "Static", "StaticFS", "StaticFile"),
    others=("NoRoute",),
)
_ECHO = Dialect(
    name="echo",
    package="github.com/labstack/echo",
    types=("Echo", "Group"),
    constructors=("New",),
    verbs={**_LISTED, "QUERY": "QUERY", "Any": ""},
    named=("Add", "Match"),
    files=("Static", "StaticFS"),
    single_files=("File", "FileFS"),
    groups=("Group",),
    others=("RouteNotFound",),
    lists=("AddRoute",),
    hosts=("Host",),
)
_CHI = Dialect(
    name="chi",
    package="github.com/go-chi/chi",
    types=("Mux", "Router"),
    constructors=("NewRouter", "NewMux"),
    verbs={**_TITLED, "Handle": "", "HandleFunc": ""},
    named=("Method", "MethodFunc"),
    blocks=("Route", "Group"),
    mounts=("Mount",),
    same=("Use", "With"),
    others=("NotFound",),
    takes_verbs=True,
)
_FIBER = Dialect(
    name="fiber",
    package="github.com/gofiber/fiber",
    types=("App", "Router", "Group"),
    constructors=("New",),
    verbs={**_TITLED, "Query": "QUERY", "All": ""},
    named=("Add",),
    files=("Static",),
    groups=("Group",),
    blocks=("Route",),
    mounts=("Mount",),
    chained=(*_TITLED, "Query", "All", "Add", "Static", "Mount", "Name"),
    hosts=("Domain",),
    paths=("RouteChain",),
)
_GORILLA = Dialect(
    name="gorilla/mux",
    package="github.com/gorilla/mux",
    types=("Router", "Route"),
    constructors=("NewRouter",),
    verbs={"Handle": "", "HandleFunc": ""},
    same=("Use", "StrictSlash", "SkipClean", "UseEncodedPath"),
)
_HTTPROUTER = Dialect(
    name="httprouter",
    package="github.com/julienschmidt/httprouter",
    types=("Router",),
    constructors=("New",),
    verbs=_LISTED,
    named=("Handle", "Handler", "HandlerFunc"),
    files=("ServeFiles",),
)
_FASTHTTP = Dialect(
    name="fasthttp/router",
    package="github.com/fasthttp/router",
    types=("Router", "Group"),
    constructors=("New",),
    verbs={**_LISTED, "ANY": ""},
    named=("Handle",),
    files=("ServeFiles",),
    groups=("Group",),
)
_GATEWAY = Dialect(
    name="grpc-gateway",
    package="github.com/grpc-ecosystem/grpc-gateway/runtime",
    types=("ServeMux",),
    constructors=("NewServeMux",),
    verbs={},
    named=("HandlePath",),
)
_GO_ZERO = Dialect(
    name="go-zero",
    package="github.com/zeromicro/go-zero/rest",
    types=("Server",),
    constructors=("MustNewServer", "NewServer"),
    verbs={},
    lists=("AddRoute", "AddRoutes"),
)
_GOA = Dialect(
    name="goa",
    package="goa.design/goa/http",
    types=("Muxer", "MiddlewareMuxer", "ResolverMuxer"),
    constructors=("NewMuxer",),
    verbs={},
    named=("Handle",),
)
RPC = Dialect(name="rpc", package="", types=(), constructors=(), verbs={}, same=())
"""A handler that generated code makes for one service."""
DIALECTS = (
    NET_HTTP,
    _GIN,
    _HERTZ,
    _ECHO,
    _CHI,
    _FIBER,
    _GORILLA,
    _HTTPROUTER,
    _FASTHTTP,
    _GATEWAY,
    _GO_ZERO,
    _GOA,
)
_BY_TYPE = {
    **{f"{dialect.package}.{kind}": dialect for dialect in DIALECTS for kind in dialect.types},
    "github.com/cloudwego/hertz/pkg/route.RouterGroup": _HERTZ,
    "github.com/cloudwego/hertz/pkg/route.Engine": _HERTZ,
    "github.com/cloudwego/hertz/pkg/route.IRouter": _HERTZ,
}
_BY_CONSTRUCTOR = {
    f"{dialect.package}.{name}": dialect for dialect in DIALECTS for name in dialect.constructors
}


CONSTRUCTOR_NAMES = frozenset(name for dialect in DIALECTS for name in dialect.constructors)


def dialect_of_type(name: str) -> Dialect | None:
    """The framework of a router's type, named without a major version."""
    return _BY_TYPE.get(name)


def dialect_of_constructor(name: str) -> Dialect | None:
    return _BY_CONSTRUCTOR.get(name)
