"""How requests from outside come to a Service of the cluster: a route, and the Gateways it attaches to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from analyzers.model.cluster import Attachment, Backend, Gateway, Listener, TrafficRoute
from analyzers.model.nearness import nearness
from analyzers.model.workload import ClusterService
from analyzers.parsers.light import light_record

Key = tuple[str, str, str]
"""The kustomization that yields an object, if one does; its namespace and name."""
T = TypeVar("T", Gateway, ClusterService)


@light_record
class WayIn:
    """One backend of a route, and the Service it sends to. `listeners` are those of the Gateways
    that let the route in; none where these stand outside the repository, and for an Ingress."""

    route: TrafficRoute
    backend: Backend
    service: ClusterService
    listeners: tuple[Listener, ...] = ()


def find_ways_in(
    routes: Iterable[TrafficRoute], gateways: Iterable[Gateway], services: Iterable[ClusterService]
) -> Iterator[WayIn]:
    """Every way to a Service, in the order of the routes. Of namesakes the nearest file counts."""
    known_services, known_gateways = _by_key(services), _by_key(gateways)
    for route in routes:
        listeners = tuple(_listeners(route, known_gateways))
        for backend in route.backends:
            key = (route.overlay, backend.namespace or route.namespace, backend.service)
            service = _nearest(route, known_services.get(key, ()))
            if service:
                yield WayIn(route, backend, service, listeners)


def _by_key(items: Iterable[T]) -> Mapping[Key, Sequence[T]]:
    found: dict[Key, list[T]] = defaultdict(list)
    for item in items:
        found[item.overlay, item.namespace, item.name].append(item)
    return found


def _listeners(route: TrafficRoute, gateways: Mapping[Key, Sequence[Gateway]]) -> Iterator[Listener]:
    for attachment in route.attachments:
        key = (route.overlay, attachment.namespace or route.namespace, attachment.gateway)
        gateway = _nearest(route, gateways.get(key, ()))
        for listener in gateway.listeners if gateway else ():
            if _is_meant(attachment, listener):
                yield listener


def _nearest(route: TrafficRoute, items: Sequence[T]) -> T | None:
    """None where two are equally near."""
    distances = [nearness(item.path, route.path) for item in items]
    closest = max(distances, default=0)
    return items[distances.index(closest)] if distances.count(closest) == 1 else None


def _is_meant(attachment: Attachment, listener: Listener) -> bool:
    return attachment.listener in ("", listener.name) and attachment.port in (None, listener.port)
