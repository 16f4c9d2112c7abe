"""What a manager of sigs.k8s.io/controller-runtime listens on: health probes, metrics, webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analyzers.model.program import Listen
from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.serving import ServedBy
from analyzers.model.programs.text import Address, constant, parse_address
from analyzers.model.programs.values import Values
from analyzers.model.route import Route
from analyzers.parsers.go import Expression, Literal

RUNTIME = "sigs.k8s.io/controller-runtime"
_OPTIONS = (f"{RUNTIME}.Options", f"{RUNTIME}/pkg/manager.Options")
_MANAGERS = (f"{RUNTIME}.NewManager", f"{RUNTIME}/pkg/manager.New")
_METRICS_PORT = 8080
"""https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/metrics/server#Options"""
_WEBHOOK_PORT = 9443
"""https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/webhook#pkg-constants"""
_WEBHOOKS = (f"{RUNTIME}.NewWebhookManagedBy", f"{RUNTIME}/pkg/builder.WebhookManagedBy")
_CHECKS = {"AddHealthzCheck": "/healthz", "AddReadyzCheck": "/readyz"}
"""Where a manager answers once it has a check of the kind."""
_NAME = "controller-runtime"
_OFF = ("", "0")
_UNKNOWN = Address(None, None)
_MOST_MANAGERS = 50


def makes_manager(code: Code) -> bool:
    return any(code.calls(*_MANAGERS))


def hides_options(code: Code) -> bool:
    """A manager is made with options that are not written in the program."""
    return makes_manager(code) and not any(code.literals(*_OPTIONS))


def find_manager_listens(code: Code, values: Values) -> Iterator[tuple[Listen, ServedBy]]:
    """The listens of every manager whose options are written in the program."""
    for site in islice(code.literals(*_OPTIONS), _MOST_MANAGERS if makes_manager(code) else 0):
        options = site.node.expression
        health = _address(values, site, options.field("HealthProbeBindAddress"))
        if health is None and code.assignments.get("HealthProbeBindAddress"):
            health = _UNKNOWN
        if health is not None:
            yield _listen(site, health), ServedBy(is_http=False)
        metrics = _metrics(code, values, site, options)
        if metrics is not None:
            yield _listen(site, metrics, "metrics"), ServedBy(is_http=False)
        if _serves_webhooks(code):
            yield _listen(site, _webhook(code, values), "webhook"), ServedBy(is_http=False)


def _serves_webhooks(code: Code) -> bool:
    """The server of webhooks is started when one is registered: types bring registrations nobody calls."""
    sites = (*code.calls(*_WEBHOOKS), *code.methods("GetWebhookServer"))
    return any(code.is_mentioned(site.function) for site in sites)


def find_manager_routes(code: Code) -> Iterator[Route]:
    """The health checks that are added to managers, each with a path of its own below, and the metrics."""
    if not makes_manager(code):
        return
    checks = list(islice(code.methods(*_CHECKS), _MOST_MANAGERS))
    for check in checks:
        yield Route(check.at, "GET", _CHECKS[check.node.method], _NAME, is_prefix=True)
    is_partial = len({check.node.method for check in checks}) < len(_CHECKS)
    for options in islice(code.literals(*_OPTIONS), _MOST_MANAGERS):
        yield Route(options.at, "GET", "/metrics", _NAME)
        if is_partial and options.node.expression.field("HealthProbeBindAddress"):
            yield Route(options.at, "GET", None, _NAME)  # a library may add the others


def _listen(site: Site[Literal], address: Address, protocol: str = "http") -> Listen:
    return Listen(site.at, address.port, address.host, address.variable, protocol, address.flag)


def _address(values: Values, site: Site[Literal], written: Expression | None) -> Address | None:
    """None where nothing listens: without an address, or with `0`."""
    if written is None:
        return None
    text = values.text(site.of(written))
    return None if constant(text) in _OFF else parse_address(text)


def _metrics(code: Code, values: Values, site: Site[Literal], options: Expression) -> Address | None:
    """On port 8080 unless said otherwise, there or later."""
    nested = options.field("Metrics")
    written = options.field("MetricsBindAddress") or (nested.field("BindAddress") if nested else None)
    if written is not None:
        return _address(values, site, written)
    is_told = nested is None or nested.kind == "composite"
    is_set_later = any(code.assignments.get(name) for name in ("BindAddress", "MetricsBindAddress"))
    return Address("", _METRICS_PORT) if is_told and not is_set_later else _UNKNOWN


def _webhook(code: Code, values: Values) -> Address:
    options = list(islice(code.literals(f"{RUNTIME}/pkg/webhook.Options"), 2))
    if not options:
        return Address("", _WEBHOOK_PORT)
    port = options[0].node.expression.field("Port")
    if len(options) > 1:
        return _UNKNOWN
    if port is None:
        return Address("", _WEBHOOK_PORT)
    return parse_address((":", *values.text(options[0].of(port))))
