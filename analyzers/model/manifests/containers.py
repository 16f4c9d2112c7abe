"""Containers of a pod."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.manifests.environment import read_env, read_env_sources
from analyzers.model.manifests.prestop import read_prestop
from analyzers.model.manifests.probes import read_probe
from analyzers.model.workload import Container, Mount, Port
from analyzers.model.yaml_facts import bool_fact, image_fact, int_fact, known_text, name_of, place, text_fact
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_bool, as_int, as_words

MOST_ITEMS = 2_000


def read_container(path: str, node: Node, pod: Node) -> Container:
    """A container, with what it takes over from the pod's securityContext."""
    env, env_list_is_complete = read_env(path, node)
    return Container(
        at=place(path, node.entry("name") or node),
        name=name_of(node),
        image=image_fact(path, node["image"]),
        command=as_words(node["command"]),
        args=as_words(node["args"]),
        ports=_read_ports(path, node["ports"]),
        env=env,
        env_is_complete=env_list_is_complete and not node["envFrom"],
        env_list_is_complete=env_list_is_complete,
        is_complete=node.is_complete and _are_words(node["command"]) and _are_words(node["args"]),
        readiness=read_probe(path, node.entry("readinessProbe")),
        liveness=read_probe(path, node.entry("livenessProbe")),
        startup=read_probe(path, node.entry("startupProbe")),
        prestop_seconds=read_prestop(path, node["lifecycle"]),
        prestop_command=as_words(node.at("lifecycle", "preStop", "exec", "command")),
        limits=_read_amounts(path, node["resources"], pod["resources"], "limits"),
        requests=_read_amounts(path, node["resources"], pod["resources"], "requests"),
        env_sources=read_env_sources(path, node["envFrom"]),
        user=int_fact(path, _security(node, pod, "runAsUser")),
        must_be_non_root=bool_fact(path, _security(node, pod, "runAsNonRoot")),
        is_read_only=bool_fact(path, node.at("securityContext", "readOnlyRootFilesystem")),
        mounts=tuple(_read_mount(path, item) for item in islice(node["volumeMounts"], MOST_ITEMS)),
        pull_policy=text_fact(path, node["imagePullPolicy"]),
        restarts_always=known_text(node["restartPolicy"]) == "Always",
        places={name: place(path, entry) for name, entry in node.items()},
        whole=place(path, node),
    )


def _are_words(node: Node) -> bool:
    return not node or (bool(as_words(node) is not None) and node.is_complete)


def _read_ports(path: str, node: Node) -> tuple[Port, ...]:
    """The ports; one more without number stands for those a template may add."""
    ports = [_read_port(path, item) for item in islice(node, MOST_ITEMS)]
    if node and (as_words(node) is None or not node.is_complete):
        ports.append(Port(place(path, node), None))
    return tuple(ports)


def _read_port(path: str, item: Node) -> Port:
    return Port(
        at=place(path, item),
        number=as_int(item["containerPort"]),
        name=known_text(item["name"]) or "",
        protocol=known_text(item["protocol"]) or "TCP",
        number_at=place(path, item["containerPort"]),
        name_at=place(path, item["name"]) if item["name"] else None,
    )


def _read_mount(path: str, item: Node) -> Mount:
    return Mount(
        at=place(path, item),
        path=known_text(item["mountPath"]),
        volume=name_of(item),
        is_read_only=as_bool(item["readOnly"]) is True,
    )


def _read_amounts(path: str, resources: Node, pods: Node, key: str) -> Mapping[str, Fact[str]]:
    """CPU and memory as written; Facts without value where a template or the pod's own share sets them.

    Pod-level resources: https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
    """
    amounts = resources[key]
    read = {name: text_fact(path, amounts[name]) for name in ("cpu", "memory")}
    if not _is_plain(resources) or not _is_plain(amounts):
        unknown: Fact[str] = Fact(None, place(path, amounts or resources))
        return {name: fact or unknown for name, fact in read.items()}
    shared: dict[str, Fact[str]] = {
        name: Fact(None, place(path, pods[key])) for name in read if pods[key][name]
    }
    return {**shared, **{name: fact for name, fact in read.items() if fact}}


def _is_plain(node: Node) -> bool:
    """Nothing is said, or a mapping that no template adds to."""
    return not node or (not node.text and node.is_complete)


def _security(container: Node, pod: Node, key: str) -> Node:
    """A field of securityContext; where a template may fill it, the unknown that stands for it."""
    for context in (container["securityContext"], pod["securityContext"]):
        if context[key]:
            return context[key]
        if not _is_plain(context):
            return context
    return pod["securityContext"][key]
