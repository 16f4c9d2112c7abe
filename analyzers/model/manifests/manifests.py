"""The objects of one manifest file, each read into the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzers.model.manifests.autoscalers import read_autoscaler, read_scaled_object
from analyzers.model.manifests.cluster_services import read_cluster_service
from analyzers.model.manifests.meshes import configures_mesh
from analyzers.model.manifests.objects import find_objects
from analyzers.model.manifests.settings import read_settings
from analyzers.model.manifests.workloads import WORKLOAD_KINDS, read_workload
from analyzers.model.workload import Autoscaler, ClusterService, Settings, Workload
from analyzers.parsers.yaml_node import Node


@dataclass(frozen=True)
class Manifests:
    """What a manifest file declares, in its order. `templated` tells a chart's template."""

    path: str
    workloads: tuple[Workload, ...] = ()
    services: tuple[ClusterService, ...] = ()
    autoscalers: tuple[Autoscaler, ...] = ()
    settings: tuple[Settings, ...] = ()
    templated: bool = False
    uses_mesh: bool = False
    """It configures a service mesh, which then balances between pods."""

    def __bool__(self) -> bool:
        parts = (self.workloads, self.services, self.autoscalers, self.settings)
        return any(parts) or self.uses_mesh


Found = Workload | ClusterService | Autoscaler | Settings


def read_manifests(path: str, documents: Sequence[Node], *, templated: bool = False) -> Manifests:
    """Every workload, Service, autoscaler, ConfigMap and Secret of a file; other objects are passed over."""
    found = [
        read
        for kind, group, node in find_objects(tuple(documents))
        if (read := _read(path, kind, group, node))
    ]
    return Manifests(
        path,
        tuple(item for item in found if isinstance(item, Workload)),
        tuple(item for item in found if isinstance(item, ClusterService)),
        tuple(item for item in found if isinstance(item, Autoscaler)),
        tuple(item for item in found if isinstance(item, Settings)),
        templated,
        any(map(configures_mesh, documents)),
    )


_READERS: dict[str, Callable[[str, Node], Found | None]] = {
    "HorizontalPodAutoscaler": read_autoscaler,
    "ScaledObject": read_scaled_object,
    "ConfigMap": read_settings,
    "Secret": read_settings,
    "Service": read_cluster_service,
}


KINDS_READ = re.compile(
    rf"kind[\"']?[ ]?:[ ]{{0,4}}[\"']?(?:List|{'|'.join(sorted({*WORKLOAD_KINDS, *_READERS}))})\b"
)
"""Found in every text that declares something read here."""


def _read(path: str, kind: str, group: str, node: Node) -> Found | None:
    if kind in WORKLOAD_KINDS or group == "serving.knative.dev":
        return read_workload(path, kind, node)
    reader = _READERS.get(kind)
    return reader(path, node) if reader else None
