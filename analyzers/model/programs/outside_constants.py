"""Constants of common Go libraries that paths and patterns are made of."""

from __future__ import annotations

from collections.abc import Mapping

_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE")
_HEALTH = "github.com/gofiber/fiber/middleware/healthcheck"

OUTSIDE: Mapping[str, str] = {
    **{
        f"{package}.Method{verb.title()}": verb
        for package in ("net/http", "github.com/gofiber/fiber", "github.com/valyala/fasthttp")
        for verb in _VERBS
    },
    **{f"github.com/labstack/echo.{verb}": verb for verb in _VERBS},
    f"{_HEALTH}.LivenessEndpoint": "/livez",
    f"{_HEALTH}.ReadinessEndpoint": "/readyz",
    f"{_HEALTH}.StartupEndpoint": "/startupz",
    f"{_HEALTH}.DefaultLivenessEndpoint": "/livez",
    f"{_HEALTH}.DefaultReadinessEndpoint": "/readyz",
}
"""By qualified name, versions left out: https://docs.gofiber.io/api/middleware/healthcheck"""
