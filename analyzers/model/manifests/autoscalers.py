"""Autoscalers: how many pods of a workload there may be."""

from __future__ import annotations

from analyzers.model.workload import Autoscaler
from analyzers.model.yaml_facts import known_text, name_of, place
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_int

_KEDA_MAXIMUM = 100
"""KEDA's default: https://keda.sh/docs/latest/reference/scaledobject-spec/"""


def read_autoscaler(path: str, node: Node) -> Autoscaler | None:
    """A HorizontalPodAutoscaler, or None where its target is not known."""
    spec = node["spec"]
    return _read(path, node, _number(spec["minReplicas"], 1), as_int(spec["maxReplicas"]))


def read_scaled_object(path: str, node: Node) -> Autoscaler | None:
    """A ScaledObject of KEDA, or None where its target is not known."""
    spec = node["spec"]
    return _read(
        path, node, _number(spec["minReplicaCount"], 0), _number(spec["maxReplicaCount"], _KEDA_MAXIMUM)
    )


def _number(node: Node, default: int) -> int | None:
    return as_int(node) if node else default


def _read(path: str, node: Node, minimum: int | None, maximum: int | None) -> Autoscaler | None:
    target, metadata = node.at("spec", "scaleTargetRef"), node["metadata"]
    if not name_of(target):
        return None
    return Autoscaler(
        at=place(path, node.entry("kind") or node),
        target_kind=known_text(target["kind"]) or "Deployment",
        target_name=name_of(target),
        namespace=known_text(metadata["namespace"]) or "",
        max_replicas=maximum,
        min_replicas=minimum,
    )
