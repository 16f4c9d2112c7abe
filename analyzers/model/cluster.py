"""What a cluster puts around workloads besides Services: ways in from outside, budgets for disruptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.parsers.light import light_record, light_value


@light_value
class Backend:
    """A Service that requests are sent to. What is None is templated, or not said."""

    at: Location
    service: str
    namespace: str
    """Empty where it is the route's own."""
    port: int | str | None = None
    path: str | None = None
    host: str = ""


@light_value
class Attachment:
    """What a route says it attaches to. `namespace` is empty where it is the route's own."""

    at: Location
    gateway: str
    namespace: str = ""
    listener: str = ""
    """The one listener meant, by its name; empty for every one."""
    port: int | None = None
    """The one port meant; None for every one."""


@light_value
class Listener:
    """A port that a Gateway opens. What is None is templated, or not said."""

    at: Location
    port: int | None
    protocol: str | None
    """In capitals: `HTTP`, `HTTPS`, `TLS`, `TCP`, `GRPC`."""
    name: str = ""
    hosts: tuple[str, ...] = ()
    """The host names it serves; none for all."""
    tls_mode: str = ""
    """`TERMINATE`, `PASSTHROUGH`, or one of Istio's, in capitals; empty where nothing is said."""


@light_record
class Gateway:
    """What routes attach to: a Gateway of the Gateway API or of Istio, told apart by `group`."""

    path: str
    at: Location
    group: str
    name: str
    namespace: str
    listeners: tuple[Listener, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    class_name: str = ""
    """gatewayClassName; empty for Istio's, which a selector of labels names pods for."""
    is_complete: bool = True
    """False where a template may add listeners."""
    overlay: str = ""


@light_record
class TrafficRoute:
    """An Ingress, a route of the Gateway API, an IngressRoute or a VirtualService."""

    path: str
    at: Location
    kind: str
    name: str
    namespace: str
    backends: tuple[Backend, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    is_complete: bool = True
    """False where a template may add rules."""
    overlay: str = ""
    attachments: tuple[Attachment, ...] = ()
    """The Gateways that let it in: empty for an Ingress, which its class lets in."""


@light_record
class DisruptionBudget:
    """A PodDisruptionBudget. `selector` is None where it is not only labels, or templated."""

    path: str
    at: Location
    name: str
    namespace: str
    selector: Mapping[str, str] | None
    min_available: Fact[str] | None = None
    max_unavailable: Fact[str] | None = None
    overlay: str = ""
