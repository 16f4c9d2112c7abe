"""The log lines that a program writes while a request waits."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.gopackage import Code, Site
from analyzers.parsers.go import Call, Scope
from analyzers.parsers.go.expression import dotted

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
_REQUEST_TYPES = (
    "net/http.ResponseWriter",
    "net/http.Request",
    "github.com/gin-gonic/gin.Context",
    "github.com/labstack/echo",
    "github.com/gofiber/fiber",
    "google.golang.org/grpc.UnaryServerInfo",
    "google.golang.org/grpc.StreamServerInfo",
)
_LOGGER_WORDS = ("log", "sugar")


def find_request_logs(code: Code) -> Iterator[Site[Call]]:
    """Log calls in handlers, middleware and interceptors, in reading order."""
    return (site for site in code.every_call if is_log(site.node) and handles_request(site.node.scope))


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
    around: Scope | None = scope
    while around is not None:
        if any(parameter.type.lstrip("*").startswith(_REQUEST_TYPES) for parameter in around.parameters):
            return True
        around = around.parent
    return False
