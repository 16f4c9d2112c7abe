"""What functions, methods and fields of common Go libraries give back, where their names do not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HTTP, _GRPC, _GIN = "net/http", "google.golang.org/grpc", "github.com/gin-gonic/gin"
_GORILLA, _HTTPROUTER = "github.com/gorilla/mux", "github.com/julienschmidt/httprouter"
_FASTHTTP = "github.com/valyala/fasthttp"

_RESULTS: Mapping[str, str] = {
    f"{_HTTP}.NewServeMux": f"{_HTTP}.ServeMux",
    f"{_HTTP}.DefaultServeMux": f"{_HTTP}.ServeMux",
    f"{_HTTP}.DefaultClient": f"{_HTTP}.Client",
    f"{_HTTP}.NewRequest": f"{_HTTP}.Request",
    f"{_HTTP}.NewRequestWithContext": f"{_HTTP}.Request",
    f"{_GRPC}.NewServer": f"{_GRPC}.Server",
    f"{_GRPC}.Dial": f"{_GRPC}.ClientConn",
    f"{_GRPC}.DialContext": f"{_GRPC}.ClientConn",
    f"{_GRPC}.NewClient": f"{_GRPC}.ClientConn",
    f"{_GIN}.Default": f"{_GIN}.Engine",
    f"{_GIN}.New": f"{_GIN}.Engine",
    f"{_GIN}.Engine.Group": f"{_GIN}.RouterGroup",
    f"{_GIN}.RouterGroup.Group": f"{_GIN}.RouterGroup",
    f"{_GIN}.IRouter.Group": f"{_GIN}.RouterGroup",
    f"{_GIN}.Engine.RouterGroup": f"{_GIN}.RouterGroup",
    f"{_GORILLA}.NewRouter": f"{_GORILLA}.Router",
    f"{_GORILLA}.Router.Subrouter": f"{_GORILLA}.Router",
    f"{_GORILLA}.Route.Subrouter": f"{_GORILLA}.Router",
    f"{_HTTPROUTER}.New": f"{_HTTPROUTER}.Router",
    "database/sql.Open": "database/sql.DB",
    "database/sql.OpenDB": "database/sql.DB",
    "net.Listen": "net.Listener",
    "os/exec.Command": "os/exec.Cmd",
    "os/exec.CommandContext": "os/exec.Cmd",
    "crypto/tls.Listen": "net.Listener",
}
"""By the qualified name of the function, method or field. Versions of a module are left out of its path."""
_SHORT: Mapping[str, str] = {
    "github.com/labstack/echo.New": "Echo",
    "github.com/labstack/echo.Echo.Group": "Group",
    "github.com/labstack/echo.Echo.Host": "Group",
    "github.com/labstack/echo.Group.Group": "Group",
    "github.com/gofiber/fiber.New": "App",
    "github.com/gofiber/fiber.App.Group": "Router",
    "github.com/gofiber/fiber.Router.Group": "Router",
    "github.com/gofiber/fiber.App.Route": "Router",
    "github.com/gofiber/fiber.Group.Group": "Router",
    "github.com/go-chi/chi.NewRouter": "Mux",
    "github.com/go-chi/chi.NewMux": "Mux",
    **{
        f"github.com/go-chi/chi.{kind}.{method}": "Router"
        for kind in ("Mux", "Router")
        for method in ("Route", "With", "Group")
    },
    "github.com/grpc-ecosystem/grpc-gateway/runtime.NewServeMux": "ServeMux",
}
"""Types of the package that the name belongs to, for packages whose paths have a major version."""
GIVE_TYPE_ARGUMENT = frozenset(
    f"github.com/caarlos0/env.{name}" for name in ("ParseAs", "ParseAsWithOptions")
)
"""Generic functions whose first result has the type that the call names."""
GIVE_ARGUMENT = frozenset({"github.com/caarlos0/env.Must"})
"""Functions whose result has the type of their first argument."""
_VERSION = re.compile(r"/v\d{1,4}(?=[./]|$)")


def unversioned(path: str) -> str:
    """An import path or qualified name without the major version: `github.com/labstack/echo.Echo`."""
    return _VERSION.sub("", path)


def result_of(name: str) -> str:
    """The type behind a function, method or field from outside; its own name where that is not known."""
    if name in _RESULTS:
        return _RESULTS[name]
    kind = _SHORT.get(unversioned(name))
    return f"{name[: name.index('.', name.rfind('/') + 1)]}.{kind}" if kind else name
