"""Workloads: the pod that a Deployment or its like describes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.manifests.containers import read_container
from analyzers.model.manifests.knative import complete_container
from analyzers.model.workload import Container, Volume, Workload
from analyzers.model.yaml_facts import (
    bool_fact,
    comparable_texts,
    int_fact,
    known_text,
    known_texts,
    name_of,
    place,
    text_fact,
)
from analyzers.parsers.yaml_node import Node

# Where each kind keeps its pod template.
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "Pod": (),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Service": ("spec", "template"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout"),
        ("spec", "template"),
    ),
}
MOST_CONTAINERS = 200
MOST_VOLUMES = 500
WORKLOAD_KINDS = frozenset(TEMPLATES) - {"Service"}


def read_workload(path: str, kind: str, node: Node) -> Workload | None:
    """The workload, or None where the object describes no pod of its own."""
    template = node.at(*TEMPLATES[kind])
    pod = template["spec"]
    metadata, borrowed = node["metadata"], _borrowed(kind, node)
    if not pod.items() and not borrowed:
        return None
    return Workload(
        path=path,
        at=_place_of_kind(path, node),
        kind=kind,
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        labels=comparable_texts(template.at("metadata", "labels")),
        annotations=known_texts(metadata["annotations"])
        | known_texts(template.at("metadata", "annotations")),
        containers=_main_containers(path, kind, pod),
        init_containers=_read_containers(path, pod, "initContainers"),
        grace_period=_read_grace_period(path, kind, pod),
        replicas=int_fact(path, node.at("spec", "replicas")),
        is_complete=_is_complete(template, pod),
        pod_at=place(path, pod),
        volumes=tuple(_read_volume(path, item) for item in islice(pod["volumes"], MOST_VOLUMES)),
        shares_processes=bool_fact(path, pod["shareProcessNamespace"]),
        strategy=_read_strategy(path, node["spec"]),
        template_of=borrowed,
    )


def _borrowed(kind: str, node: Node) -> str:
    """The Deployment whose pods a Rollout takes over: https://argoproj.github.io/argo-rollouts/migrating/"""
    reference = node.at("spec", "workloadRef")
    return name_of(reference) if kind == "Rollout" and reference["kind"].text == "Deployment" else ""


def _read_strategy(path: str, spec: Node) -> Fact[str] | None:
    """How pods are replaced; a Rollout names its strategy by a key."""
    strategy = spec["strategy"] or spec["updateStrategy"]
    for key, name in (("canary", "Canary"), ("blueGreen", "BlueGreen")):
        if strategy.entry(key):
            return Fact(name, place(path, strategy))
    return text_fact(path, strategy["type"])


def _read_volume(path: str, item: Node) -> Volume:
    kind = next((name for name, _ in item.items() if name != "name"), "")
    source = item[kind]
    return Volume(place(path, item), name_of(item), kind, name_of(source) or source["secretName"].text)


def _is_complete(template: Node, pod: Node) -> bool:
    parts = (template, pod, pod["containers"])
    return all(part.is_complete for part in parts) and len(tuple(pod["containers"])) <= MOST_CONTAINERS


def _place_of_kind(path: str, node: Node) -> Location:
    return place(path, node.entry("kind") or node)


def _read_grace_period(path: str, kind: str, pod: Node) -> Fact[int] | None:
    """Knative gives a pod as long as a request may take, which the cluster's settings decide otherwise."""
    if kind != "Service":
        return int_fact(path, pod["terminationGracePeriodSeconds"])
    return int_fact(path, pod["timeoutSeconds"]) or Fact(None, place(path, pod))


def _main_containers(path: str, kind: str, pod: Node) -> tuple[Container, ...]:
    containers = _read_containers(path, pod, "containers")
    if kind != "Service":
        return containers
    return tuple(complete_container(each, is_alone=len(containers) == 1) for each in containers)


def _read_containers(path: str, pod: Node, key: str) -> tuple[Container, ...]:
    items = (item for item in pod[key] if item.items())
    return tuple(read_container(path, item, pod) for item in islice(items, MOST_CONTAINERS))
