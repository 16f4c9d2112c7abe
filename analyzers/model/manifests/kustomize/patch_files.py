"""The documents of patches, as parts of the files they stand in."""

from __future__ import annotations

from collections.abc import Callable

from analyzers.model.manifests.kustomize.kustomization import Patch
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_edit import relocate
from analyzers.parsers.yaml_node import Node, Scalar
from analyzers.parsers.yaml_script import place_pieces
from analyzers.parsers.yaml_tree import parse_yaml

Documents = tuple[Node, ...]
Parse = Callable[[str], "Documents | None"]


class PatchFiles:
    """Reads each patch once."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._files: dict[str, Documents | None] = {}

    def read(self, patch: Patch) -> Documents | None:
        """None where it cannot be read or lies outside the repository."""
        if isinstance(patch.inline, Scalar):
            return _read_inline(patch.inline)
        if patch.path is None:
            return None
        if patch.path not in self._files:
            documents = self._parse(patch.path)
            self._files[patch.path] = None if documents is None else _placed(documents, patch.path)
        return self._files[patch.path]


def _placed(documents: Documents, path: str) -> Documents:
    return tuple(relocate(document, path)[0] for document in documents if document)


def _read_inline(text: Scalar) -> Documents | None:
    """The documents in a text of the kustomization. Quotes and folds hide places: all stands at the text."""
    try:
        documents = parse_yaml(text.content)
    except Unreadable:
        return None
    lines, columns = 0, 0
    if text.style == "|" and (pieces := place_pieces(text)):
        lines, columns = pieces[0].line - 1, pieces[0].column - 1

    def shift(span: Span) -> Span:
        if text.style != "|":
            return text.span
        return Span(
            span.line + lines, span.column + columns, span.end_line + lines, span.end_column + columns
        )

    return tuple(relocate(document, text.origin, shift)[0] for document in documents if document)
