"""The log lines that a program writes while a request waits."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.parsers.go import Call, Scope
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

LOG_PACKAGES = (
    "log",
    "log/slog",
    "golang.org/x/exp/slog",
    "github.com/sirupsen/logrus",
    "github.com/rs/zerolog/log",
)
"""Packages whose functions write to a logger of the whole process."""
_LEVELS = ("Trace", "Debug", "Info", "Warn", "Warning", "Error", "Print", "Log")
_METHODS = frozenset(
    {f"{level}{form}" for level in _LEVELS for form in ("", "f", "ln", "w", "Context")}
    | {"Msg", "Msgf", "InfoCtx", "ErrorCtx"}
)
_ANSWERING_TYPES = frozenset(
    {
        "net/http.ResponseWriter",
        "github.com/gin-gonic/gin.Context",
        "github.com/labstack/echo.Context",
        "github.com/gofiber/fiber.Ctx",
        "github.com/valyala/fasthttp.RequestCtx",
        "google.golang.org/grpc.UnaryServerInfo",
        "google.golang.org/grpc.StreamServerInfo",
    }
)
"""What only a function that answers a request takes. Versions are left out."""
_REQUEST_TYPES = _ANSWERING_TYPES | {"net/http.Request"}
_ACCESS_LOGS = ("github.com/gin-gonic/gin.Default", "github.com/gin-gonic/gin.Logger")
"""What puts a log line around every request."""
_LOGGING_NAMES = _METHODS.union(name.rpartition(".")[2] for name in _ACCESS_LOGS)
_LOGGER_WORDS = ("log", "sugar")


@light_value
class RequestLog:
    """`package` is whose logger writes the line, empty for one in a variable: `logger`, as written."""

    at: Location
    package: str
    logger: str


def find_request_logs(code: Code) -> Iterator[RequestLog]:
    """Log calls in handlers, middleware and interceptors, and access logs, in reading order."""
    return (
        RequestLog(site.at, site.node.package, logger_of(site.node))
        for site in code.calls_that(_writes_for_request, _LOGGING_NAMES.__contains__)
    )


def _writes_for_request(call: Call) -> bool:
    return call.callee in _ACCESS_LOGS or (is_log(call) and handles_request(call.scope))


def is_log(call: Call) -> bool:
    """By name: a logging package's function, or a method on something named like a logger."""
    if call.method not in _METHODS or not call.arguments:
        return False
    if call.package:
        return call.package in LOG_PACKAGES
    return any(word in logger_of(call).lower() for word in _LOGGER_WORDS)


def logger_of(call: Call) -> str:
    """What a log call is made on, through the chain of calls before it (`log.Info().Str(…).Msg(…)`)."""
    operand = call.receiver
    while operand is not None and operand.kind in ("call", "selector") and not dotted(operand):
        operand = operand.parts[0] if operand.parts else None
    return dotted(operand) if operand is not None else ""


def handles_request(scope: Scope) -> bool:
    """Whether a function around a place takes a request, by the types of its parameters."""
    return _takes_any(scope, _REQUEST_TYPES)


def answers_request(scope: Scope) -> bool:
    """The same where it takes what the answer is given through: a request alone may be one that goes out."""
    return _takes_any(scope, _ANSWERING_TYPES)


def _takes_any(scope: Scope, types: frozenset[str]) -> bool:
    around: Scope | None = scope
    while around is not None:
        if any(unversioned(parameter.type.lstrip("*")) in types for parameter in around.parameters):
            return True
        around = around.parent
    return False
