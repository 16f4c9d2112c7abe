"""What a cluster puts around workloads besides Services: ways in from outside, budgets for disruptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzers.finding import Location
from analyzers.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Backend:
    """A Service that requests are sent to. What is None is templated, or not said."""

    at: Location
    service: str
    namespace: str
    """Empty where it is the route's own."""
    port: int | str | None = None
    path: str | None = None
    host: str = ""


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
