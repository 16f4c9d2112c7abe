"""Workloads: the pod that a Deployment or its like describes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from analyzers.finding import Location
from analyzers.model.manifests.containers import read_container
from analyzers.model.workload import Container, Workload
from analyzers.model.yaml_facts import int_fact, known_text, known_texts, name_of, place
from analyzers.parsers.yaml_node import Node

# Where each kind keeps its pod template.
_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "Pod": (),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Service": ("spec", "template"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout"),
        ("spec", "template"),
    ),
}
MOST_CONTAINERS = 200
WORKLOAD_KINDS = frozenset(_TEMPLATES) - {"Service"}


def read_workload(path: str, kind: str, node: Node) -> Workload | None:
    """The workload, or None where the object describes no pod of its own."""
    template = node.at(*_TEMPLATES[kind])
    pod = template["spec"]
    if not pod.items():
        return None
    metadata = node["metadata"]
    return Workload(
        path=path,
        at=_place_of_kind(path, node),
        kind=kind,
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        labels=known_texts(template.at("metadata", "labels")),
        annotations=known_texts(metadata["annotations"])
        | known_texts(template.at("metadata", "annotations")),
        containers=_read_containers(path, pod, "containers"),
        init_containers=_read_containers(path, pod, "initContainers"),
        grace_period=int_fact(path, pod["terminationGracePeriodSeconds"]),
        replicas=int_fact(path, node.at("spec", "replicas")),
        is_complete=_is_complete(template, pod),
        pod_at=place(path, pod),
    )


def _is_complete(template: Node, pod: Node) -> bool:
    parts = (template, pod, pod["containers"])
    return all(part.is_complete for part in parts) and len(tuple(pod["containers"])) <= MOST_CONTAINERS


def _place_of_kind(path: str, node: Node) -> Location:
    return place(path, node.entry("kind") or node)


def _read_containers(path: str, pod: Node, key: str) -> tuple[Container, ...]:
    items = (item for item in pod[key] if item.items())
    return tuple(read_container(path, item, pod) for item in islice(items, MOST_CONTAINERS))
