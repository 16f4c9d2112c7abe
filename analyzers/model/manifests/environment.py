"""The environment variables of a container."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from analyzers.model.workload import EnvSource, EnvVar
from analyzers.model.yaml_facts import known_text, name_of, place
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_bool, as_str, as_words

MOST_VARIABLES = 2_000
_REFERENCES: tuple[tuple[str, Literal["configmap", "secret"]], ...] = (
    ("configMapKeyRef", "configmap"),
    ("secretKeyRef", "secret"),
)
_SOURCES: tuple[tuple[str, Literal["configmap", "secret"]], ...] = (
    ("configMapRef", "configmap"),
    ("secretRef", "secret"),
)


def read_env(path: str, container: Node) -> tuple[tuple[EnvVar, ...], bool]:
    """The variables of `env` whose names are known, and whether these are all of them."""
    env = container["env"]
    entries = islice(env, MOST_VARIABLES)
    own = container["name"].text
    variables = tuple(_read_variable(path, item, own) for item in entries if known_text(item["name"]))
    is_complete = container.is_complete and (
        not env or (as_words(env) is not None and env.is_complete and len(variables) == len(tuple(env)))
    )
    return variables, is_complete


def _read_variable(path: str, node: Node, container: str) -> EnvVar:
    name, at, origin = node["name"].text, place(path, node), node["valueFrom"]
    if not origin:
        value = node["value"]
        is_missing = not value and node.is_complete
        text = "" if is_missing else as_str(value)
        return EnvVar(
            name, at, text if text is not None and is_known(text) else None, value_at=place(path, value)
        )
    for key, source in _REFERENCES:
        if reference := origin[key]:
            return EnvVar(
                name,
                at,
                source=source,
                object_name=name_of(reference),
                key=known_text(reference["key"]) or "",
                is_optional=as_bool(reference["optional"]) is True,
                value_at=place(path, reference),
                key_at=place(path, reference["key"]),
            )
    return _read_field(path, node, origin, container)


def _read_field(path: str, node: Node, origin: Node, container: str) -> EnvVar:
    """A field of the pod, or a resource of the container; that of another container is not followed."""
    name, at = node["name"].text, place(path, node)
    if field := origin["fieldRef"]:
        return EnvVar(
            name, at, source="field", key=known_text(field["fieldPath"]) or "", value_at=place(path, field)
        )
    reference = origin["resourceFieldRef"]
    resource, divisor = known_text(reference["resource"]), reference["divisor"]
    is_own = not reference["containerName"] or reference["containerName"].text == container
    if not resource or not is_own or (divisor and known_text(divisor) is None):
        return EnvVar(name, at, source="unknown", value_at=place(path, origin))
    return EnvVar(
        name,
        at,
        source="resource",
        resource=resource,
        divisor=divisor.text,
        value_at=place(path, reference),
        resource_at=place(path, reference["resource"]),
        divisor_at=place(path, divisor) if divisor else None,
    )


def read_env_sources(path: str, node: Node) -> tuple[EnvSource, ...]:
    """The entries of `envFrom`; one of unknown kind where a template may add some."""
    sources = [_read_source(path, item) for item in islice(node, MOST_VARIABLES)]
    if node and (as_words(node) is None or not node.is_complete):
        sources.append(EnvSource(place(path, node), "unknown", None))
    return tuple(sources)


def _read_source(path: str, item: Node) -> EnvSource:
    for key, kind in _SOURCES:
        if reference := item[key]:
            return EnvSource(
                place(path, item),
                kind,
                known_text(reference["name"]),
                item["prefix"].text,
                as_bool(reference["optional"]) is True,
            )
    return EnvSource(place(path, item), "unknown", None)
