"""A settings file asked for values of the wanted kinds. What is none is complained of, with its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from analyzers.config import CONFIG_PATH
from analyzers.finding import Note
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_bool, as_int, as_words


@dataclass
class Form:
    """The complaints so far. Each question is answered with None where nothing useful is written."""

    complaints: list[Note] = field(default_factory=list)

    def keys(self, node: Node, allowed: Collection[str]) -> None:
        for name, entry in node.items():
            self.expect(entry.key, name, allowed, "key")

    def choice(self, node: Node, allowed: Collection[str]) -> str | None:
        if not node or not self.expect(node, node.text, allowed, "value"):
            return None
        return node.text

    def truth(self, node: Node) -> bool | None:
        value = as_bool(node) if node else None
        if node and value is None:
            self.complain(node, f'"{node.text}" is neither true nor false')
        return value

    def count(self, node: Node, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        value = as_int(node) if node else None
        if node and (value is None or not 0 <= value <= most):
            self.complain(node, f'"{node.text}" is not a number from 0 to {most}')
            return None
        return value

    def patterns(self, node: Node, name: str) -> tuple[str, ...] | None:
        words = as_words(node) if node else None
        if node and words is None:
            self.complain(node, f"{name} is a list of patterns")
        return words

    def expect(self, node: Node, name: str, allowed: Collection[str], what: str) -> bool:
        if name in allowed:
            return True
        near = get_close_matches(name, allowed, 1)
        hint = f'did you mean "{near[0]}"?' if near else "expected one of " + ", ".join(sorted(allowed)[:12])
        self.complain(node, f'unknown {what} "{name}"; {hint}')
        return False

    def complain(self, node: Node, reason: str) -> None:
        self.complaints.append(Note(CONFIG_PATH, reason, node.span.line))
