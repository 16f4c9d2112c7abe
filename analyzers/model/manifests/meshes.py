"""Service meshes, whose sidecars balance every gRPC call whatever the client does; other injected proxies."""

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
_INJECTED: Mapping[str, str] = {
    "sidecar.istio.io/inject": "istio-proxy",
    "istio.io/rev": "istio-proxy",
    "linkerd.io/inject": "linkerd-proxy",
    "kuma.io/sidecar-injection": "kuma-dp",
    "consul.hashicorp.com/connect-inject": "consul-dataplane",
    "dapr.io/enabled": "daprd",
    "vault.hashicorp.com/agent-inject": "vault-agent",
}
"""By a pod's annotation or label: the proxy that is put beside its containers."""


def configures_mesh(node: Node) -> bool:
    """An object of a mesh's own, or a namespace whose pods join one."""
    if (group_of(node) or "").endswith(_GROUPS):
        return True
    metadata = node["metadata"]
    marks = known_texts(metadata["labels"]) | known_texts(metadata["annotations"])
    return known_text(node["kind"]) == "Namespace" and _joins(marks)


def joins_mesh(workload: Workload) -> bool:
    return _joins({**workload.annotations, **workload.labels})


def injected_proxies(workload: Workload) -> tuple[str, ...]:
    """The proxies that the pod's own annotations and labels ask for; a namespace may ask for more."""
    marks = {**workload.annotations, **workload.labels}
    if marks.get("sidecar.istio.io/inject", "true").lower() in _OFF:
        marks.pop("istio.io/rev", None)
    asked = (proxy for mark, proxy in _INJECTED.items() if marks.get(mark, "none").lower() not in _OFF)
    return tuple(dict.fromkeys(asked))


def _joins(marks: Mapping[str, str]) -> bool:
    return any(marks.get(switch, "none").lower() not in _OFF for switch in _SWITCHES)
