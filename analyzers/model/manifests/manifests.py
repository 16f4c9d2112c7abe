"""The objects of one manifest file, each read into the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from analyzers.model.cluster import DisruptionBudget, Gateway, TrafficRoute
from analyzers.model.manifests.autoscalers import read_autoscaler, read_scaled_object
from analyzers.model.manifests.budgets import read_budget
from analyzers.model.manifests.cluster_services import read_cluster_service
from analyzers.model.manifests.gateways import read_gateway
from analyzers.model.manifests.meshes import configures_mesh
from analyzers.model.manifests.objects import find_objects
from analyzers.model.manifests.settings import read_settings
from analyzers.model.manifests.traffic import (
    read_gateway_route,
    read_ingress,
    read_ingress_route,
    read_virtual_service,
)
from analyzers.model.manifests.workloads import WORKLOAD_KINDS, read_workload
from analyzers.model.workload import Autoscaler, ClusterService, Settings, Workload
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node


@light_record
class Manifests:
    """What a manifest file declares, in its order. `templated` tells a chart's template."""

    path: str
    workloads: tuple[Workload, ...] = ()
    services: tuple[ClusterService, ...] = ()
    autoscalers: tuple[Autoscaler, ...] = ()
    settings: tuple[Settings, ...] = ()
    routes: tuple[TrafficRoute, ...] = ()
    budgets: tuple[DisruptionBudget, ...] = ()
    templated: bool = False
    uses_mesh: bool = False
    """It configures a service mesh, which then balances between pods."""
    gateways: tuple[Gateway, ...] = ()

    def __bool__(self) -> bool:
        parts = (
            self.workloads,
            self.services,
            self.autoscalers,
            self.settings,
            self.routes,
            self.budgets,
            self.gateways,
        )
        return any(parts) or self.uses_mesh


Found = Workload | ClusterService | Autoscaler | Settings | TrafficRoute | DisruptionBudget | Gateway


def read_manifests(path: str, documents: Sequence[Node], *, templated: bool = False) -> Manifests:
    """Every object of a file that has a place in the model; others are passed over."""
    objects = find_objects(tuple(documents))
    found = (read_object(path, kind, group, node) for kind, group, node in objects)
    return collect(path, found, templated=templated, uses_mesh=any(map(configures_mesh, documents)))


def collect(
    path: str, found: Iterable[Found | None], *, templated: bool = False, uses_mesh: bool = False
) -> Manifests:
    """Objects sorted by what they are."""
    items = [item for item in found if item]
    return Manifests(
        path,
        tuple(item for item in items if isinstance(item, Workload)),
        tuple(item for item in items if isinstance(item, ClusterService)),
        tuple(item for item in items if isinstance(item, Autoscaler)),
        tuple(item for item in items if isinstance(item, Settings)),
        tuple(item for item in items if isinstance(item, TrafficRoute)),
        tuple(item for item in items if isinstance(item, DisruptionBudget)),
        templated,
        uses_mesh,
        tuple(item for item in items if isinstance(item, Gateway)),
    )


_READERS: dict[str, Callable[[str, Node], Found | None]] = {
    "HorizontalPodAutoscaler": read_autoscaler,
    "ScaledObject": read_scaled_object,
    "ConfigMap": read_settings,
    "Secret": read_settings,
    "Service": read_cluster_service,
    "Ingress": read_ingress,
    **dict.fromkeys(("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"), read_gateway_route),
    **dict.fromkeys(("IngressRoute", "IngressRouteTCP"), read_ingress_route),
    "VirtualService": read_virtual_service,
    "PodDisruptionBudget": read_budget,
    "Gateway": read_gateway,
}


KINDS_READ = re.compile(
    rf"kind[\"']?[ ]?:[ ]{{0,4}}[\"']?(?:List|{'|'.join(sorted({*WORKLOAD_KINDS, *_READERS}))})\b"
)
"""Found in every text that declares something read here."""


def read_object(path: str, kind: str, group: str, node: Node) -> Found | None:
    """What an object is in the model; None where it has no place in it."""
    if kind in WORKLOAD_KINDS or group == "serving.knative.dev":
        return read_workload(path, kind, node)
    reader = _READERS.get(kind)
    return reader(path, node) if reader else None
