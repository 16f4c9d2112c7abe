"""What is not seen of a YAML text that is a template with its actions replaced."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.parsers.light import light_value
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Node, Scalar


@dataclass(frozen=True, slots=True, order=True)
class Hole:
    """An action of a template whose output is not seen here. `indent` in characters, -1 where unknown."""

    line: int
    indent: int = -1
    number: int = 0


@light_value
class Template:
    """Says that the text is a template with its actions replaced, and where their output is not seen.

    A key that is written twice stands in branches of which one is taken: its value is unknown.
    `optional` and `repeated` tell of each line where the innermost block and loop around it begin, or 0.
    """

    holes: tuple[Hole, ...]
    optional: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()


class TemplateGaps:
    """Tells what the holes, blocks and loops of a template mean for the nodes that are read around them."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._holes = sorted(template.holes)

    def fill(self, children: list[Node], indent: int, after: int) -> None:
        """Makes unknown what looks empty only because a template's output was to follow it.

        The children are those of a collection that is indented by so many characters and ends before a line.
        """
        for index, child in enumerate(children) if self._holes else ():
            if child or not isinstance(child, Scalar) or child.content:
                continue
            following = children[index + 1].span.line if index + 1 < len(children) else after
            holes = self._between(child.span.line, following)
            if any(hole.indent == -1 or hole.indent >= indent for hole in holes):
                gaps = tuple(hole.number for hole in holes)
                children[index] = Scalar(child.span, child.tag, PLACEHOLDER, child.style, gaps=gaps)

    def numbers(self, since: int, indent: int, after: int) -> tuple[int, ...]:
        """The holes between two lines whose output would stand in a collection of this indentation."""
        return tuple(hole.number for hole in self._between(since, after) if hole.indent in (indent, -1))

    def is_complete(self, parts: Sequence[Node], since: int, *, is_list: bool) -> bool:
        """No loop may add to a collection of these items or keys, and the scalars of a list are always there.

        Of a mapping its keys tell: a loop that begins below a key adds to that key's value.
        """
        optional, repeated = self._template.optional, self._template.repeated
        return not any(
            0 < since <= (optional if is_list and isinstance(part, Scalar) else repeated)[part.span.line]
            for part in (parts if optional else ())
        )

    def is_whole(self, scalar: Span, after: int) -> bool:
        """No action stands on lines of its own in a block scalar, nor around some of its lines."""
        blocks = self._template.optional[scalar.line + 1 : scalar.end_line + 1]
        return not any(since > scalar.line for since in blocks) and not self._between(scalar.line, after)

    def _between(self, first: int, after: int) -> list[Hole]:
        if not self._holes:
            return []
        low = bisect_left(self._holes, Hole(first, -1))
        return self._holes[low : bisect_left(self._holes, Hole(after, -1))]
