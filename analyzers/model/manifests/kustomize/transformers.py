"""Transformers that a kustomization names: which of them leave what is judged as it is.

https://kubectl.docs.kubernetes.io/references/kustomize/builtins/
"""

from __future__ import annotations

from collections.abc import Callable

from analyzers.model.manifests.kustomize.kustomization import Kustomization, resolve_path
from analyzers.parsers.yaml_node import Node

_HARMLESS = frozenset({"AnnotationsTransformer", "LabelTransformer"})


class Transformers:
    """Looks into the files of transformers."""

    def __init__(
        self,
        parse: Callable[[str], tuple[Node, ...] | None],
        remark: Callable[[str, str, int], None],
    ) -> None:
        self._parse, self._remark = parse, remark

    def are_harmless(self, each: Kustomization) -> bool:
        """They only add labels and annotations. What else they may do is not known, and said so."""
        for item in each.node["transformers"]:
            if not self._is_harmless(each, item):
                reason = "kustomization uses `transformers`, which is not resolved: what it does is not known"
                self._remark(each.path, reason, item.span.line)
                return False
        return True

    def _is_harmless(self, each: Kustomization, item: Node) -> bool:
        place = resolve_path(each.path, item.text)
        documents = self._parse(place) if place else None
        return bool(documents) and all(
            document["kind"].text in _HARMLESS for document in documents or () if document
        )
