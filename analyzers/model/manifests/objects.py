"""Which documents of a YAML file are Kubernetes objects, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.yaml_facts import known_text
from analyzers.parsers.yaml_node import Node

# The API groups that serve each kind ('' is the core group).
GROUPS = {
    "Deployment": ("apps", "extensions"),
    "StatefulSet": ("apps",),
    "DaemonSet": ("apps", "extensions"),
    "ReplicaSet": ("apps", "extensions"),
    "ReplicationController": ("",),
    "Job": ("batch",),
    "CronJob": ("batch",),
    "Pod": ("",),
    "Rollout": ("argoproj.io",),
    "Service": ("", "serving.knative.dev"),
    "HorizontalPodAutoscaler": ("autoscaling",),
    "ScaledObject": ("keda.sh",),
    "ConfigMap": ("",),
    "Secret": ("",),
    "Ingress": ("networking.k8s.io", "extensions"),
    **dict.fromkeys(
        ("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"), ("gateway.networking.k8s.io",)
    ),
    **dict.fromkeys(("IngressRoute", "IngressRouteTCP"), ("traefik.io", "traefik.containo.us")),
    "VirtualService": ("networking.istio.io",),
    "Gateway": ("gateway.networking.k8s.io", "networking.istio.io"),
    "PodDisruptionBudget": ("policy",),
}
_HOOK = "helm.sh/hook"
_MAX_OBJECTS = 2_000


def find_objects(documents: tuple[Node, ...]) -> Iterator[tuple[str, str, Node]]:
    """The (kind, API group, node) of every object known here, Lists opened, Helm's test hooks left out."""
    pending = list(reversed(documents))
    for _ in range(_MAX_OBJECTS):
        if not pending:
            return
        node = pending.pop().target
        kind, group = known_text(node["kind"]) or "", group_of(node)
        if kind.endswith("List") and node["items"]:
            pending.extend(reversed(list(node["items"])))
        elif kind in GROUPS and group in (None, *GROUPS[kind]) and not _is_test(node):
            yield kind, group or "", node


def find_unversioned(documents: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    """The (kind, node) of what would be a workload, had it an `apiVersion`."""
    for document in documents:
        kind = known_text(document["kind"]) or ""
        template = document.at("spec", "template", "spec", "containers")
        if kind in GROUPS and group_of(document) == "?" and document.is_complete and template:
            yield kind, document


def find_undecided(documents: tuple[Node, ...]) -> Iterator[Node]:
    """What would be a workload, but for a template that decides its kind."""
    for document in documents:
        template = document.at("spec", "template", "spec", "containers")
        if template and document["kind"] and known_text(document["kind"]) is None:
            yield document


def group_of(node: Node) -> str | None:
    """The API group of an object; None where a template decides it, `?` where none is given."""
    version = node["apiVersion"]
    text = known_text(version)
    if text is None:
        return None if version else "?"
    return text.rpartition("/")[0]


def _is_test(node: Node) -> bool:
    return "test" in node.at("metadata", "annotations", _HOOK).text
