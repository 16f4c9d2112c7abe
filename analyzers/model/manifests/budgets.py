"""PodDisruptionBudgets."""

from __future__ import annotations

from analyzers.model.cluster import DisruptionBudget
from analyzers.model.yaml_facts import known_text, known_texts, name_of, place, text_fact
from analyzers.parsers.yaml_node import Node


def read_budget(path: str, node: Node) -> DisruptionBudget:
    spec, metadata = node["spec"], node["metadata"]
    selector = spec["selector"]
    labels = known_texts(selector["matchLabels"])
    is_known = (
        selector.is_complete
        and not selector["matchExpressions"]
        and len(labels) == len(selector["matchLabels"].items())
    )
    return DisruptionBudget(
        path=path,
        at=place(path, node.entry("kind") or node),
        name=name_of(metadata),
        namespace=known_text(metadata["namespace"]) or "",
        selector=labels if is_known else None,
        min_available=text_fact(path, spec["minAvailable"]),
        max_unavailable=text_fact(path, spec["maxUnavailable"]),
    )
