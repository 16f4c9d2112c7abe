"""Go libraries that listen, or that handle signals, out of sight of the program that uses them."""

from __future__ import annotations

import re

from analyzers.model.programs.code import Code
from analyzers.model.programs.managers import hides_options
from analyzers.parsers.go import Call

_LISTENING = (
    "github.com/zeromicro/go-zero",
    "github.com/go-kratos/kratos",
    "go-micro.dev",
    "github.com/micro/go-micro",
    "github.com/asim/go-micro",
    "go.opentelemetry.io/collector/otelcol",
    "go.opentelemetry.io/collector/config/confighttp",
    "go.opentelemetry.io/collector/config/configgrpc",
    "github.com/grafana/dskit/server",
    "github.com/weaveworks/common/server",
    "github.com/cloudwego/",
    "github.com/gogf/gf",
    "github.com/beego/beego/v2/server",
    "github.com/astaxie/beego",
    "github.com/kataras/iris",
    "github.com/go-martini/martini",
    "github.com/gobuffalo/buffalo",
    "github.com/revel/revel",
    "gofr.dev",
    "encore.dev",
    "github.com/dapr/go-sdk/service",
    "github.com/caddyserver/caddy",
    "github.com/soheilhy/cmux",
    "k8s.io/apiserver",
    "k8s.io/component-base",
    "knative.dev/pkg",
    "github.com/prometheus/exporter-toolkit",
    "github.com/oklog/oklog",
    "github.com/google/gops",
    "github.com/google/cadvisor",
    "github.com/coreos/go-systemd/activation",
    "github.com/coreos/go-systemd/v22/activation",
    "github.com/cloudflare/tableflip",
)
_SIGNAL_HANDLING = (
    "sigs.k8s.io/controller-runtime/pkg/manager/signals",
    "k8s.io/apiserver/pkg/server",
    "k8s.io/kubernetes",
    "go.uber.org/fx",
    "github.com/go-kratos/kratos",
    "github.com/zeromicro/go-zero",
    "go-micro.dev",
    "github.com/micro/go-micro",
    "github.com/asim/go-micro",
    "github.com/grafana/dskit",
    "github.com/weaveworks/common",
    "go.opentelemetry.io/collector/otelcol",
    "github.com/cloudwego/hertz",
    "github.com/cloudwego/kitex",
    "github.com/gogf/gf",
    "github.com/kataras/iris",
    "github.com/aws/aws-lambda-go",
    "github.com/containernetworking/cni/pkg/skel",
    "github.com/ory/graceful",
    "github.com/tylerb/graceful",
    "github.com/fvbock/endless",
    "github.com/facebookgo/grace",
    "github.com/judwhite/go-svc",
    "github.com/vrecan/death",
    "github.com/google/subcommands/signal",
    "github.com/dapr/go-sdk/service",
    "github.com/hashicorp/go-plugin",
    "github.com/kardianos/service",
    "knative.dev/pkg",
    "gofr.dev",
    "encore.dev",
    "google.golang.org/appengine",
)
_ECHO = "github.com/labstack/echo/v5.Echo"
_SIGNAL_NAME = re.compile(
    r"Setup\w*Signal|Signal(?:s)?(?:Handler|Context)|HandleSignals|Graceful|TrapSignal|CatchSignals"
)
_LISTENING_NAME = re.compile(
    r"(?:^|\.)(?:ListenAndServe\w*|Listen|Serve|ServeTLS|Start\w*Server|Run\w*Server|ServeMetrics|StartMetrics\w*)$"
    r"|server\.(?:Start|Run)$"
)
_MOST_NAME = 100
_SEEN = (
    "net/http",
    "net",
    "crypto/tls",
    "golang.org/x/crypto/acme/autocert",
    "google.golang.org/grpc",
    "github.com/valyala/fasthttp",
)
"""Packages whose listening calls are understood."""


def hides_listening(code: Code) -> bool:
    """Whether a library may listen on ports that the code does not show."""
    if hides_options(code) or code.imports(*_LISTENING):
        return True
    return any(
        site.node.package not in code.by_path and site.node.package not in _SEEN
        for site in code.calls_that(_speaks_of_listening, _may_listen)
    )


def _speaks_of_listening(call: Call) -> bool:
    return bool(call.package and _LISTENING_NAME.search(call.callee[-_MOST_NAME:]))


def _may_listen(name: str) -> bool:
    return name in ("Start", "Run") or _LISTENING_NAME.search(name) is not None


def has_signal_library(code: Code) -> bool:
    """Whether a library asks for the signals that end a program.

    A library outside the repository whose name speaks of signals gets the benefit of the doubt.
    """
    if code.imports(*_SIGNAL_HANDLING) or _starts_echo(code):
        return True
    calls = code.calls_that(_speaks_of_signals, _SIGNAL_NAME.search)
    return any(site.node.package not in code.by_path for site in calls)


def _starts_echo(code: Code) -> bool:
    """`e.Start` of echo v5, which waits for the signals itself; a `StartConfig` waits for its context."""
    return any(
        site.node.receiver is not None and code.types.of(site.of(site.node.receiver)) == _ECHO
        for site in (code.methods("Start") if code.imports(_ECHO.rpartition(".")[0]) else ())
    )


def _speaks_of_signals(call: Call) -> bool:
    return bool(call.package and _SIGNAL_NAME.search(call.method[-_MOST_NAME:]))
