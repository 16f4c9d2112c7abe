"""Service meshes: their sidecars balance every gRPC call, whatever the client does."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.manifests.objects import group_of
from analyzers.model.workload import Workload
from analyzers.model.yaml_facts import known_text, known_texts
from analyzers.parsers.yaml_node import Node

_GROUPS = ("istio.io", "linkerd.io", "kuma.io", "consul.hashicorp.com", "appmesh.k8s.aws")
"""API groups of the meshes, or their ends."""
_SWITCHES = (
    "istio-injection",
    "istio.io/rev",
    "istio.io/dataplane-mode",
    "sidecar.istio.io/inject",
    "linkerd.io/inject",
    "kuma.io/sidecar-injection",
    "consul.hashicorp.com/connect-inject",
)
_OFF = ("false", "disabled", "none")


def configures_mesh(node: Node) -> bool:
    """An object of a mesh's own, or a namespace whose pods join one."""
    if (group_of(node) or "").endswith(_GROUPS):
        return True
    metadata = node["metadata"]
    marks = known_texts(metadata["labels"]) | known_texts(metadata["annotations"])
    return known_text(node["kind"]) == "Namespace" and _joins(marks)


def joins_mesh(workload: Workload) -> bool:
    return _joins({**workload.annotations, **workload.labels})


def _joins(marks: Mapping[str, str]) -> bool:
    return any(marks.get(switch, "none").lower() not in _OFF for switch in _SWITCHES)
