"""One thing that reads files, and what it must keep to whatever it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from analyzers.parsers.position import Span
from tests.fuzz.grammar import Grammar
from tests.fuzz.seeds import seeds_of


class Claim(NamedTuple):
    """A place in the text, what its owner says stands there, and how that is compared with what does."""

    span: Span
    said: str
    holds: Callable[[str, str], bool] = str.__eq__


def no_claims(result: Any) -> Iterable[Claim]:
    return ()


@dataclass(frozen=True)
class Entry:
    """`read` may raise Unreadable and nothing else.

    `structure` is what must not change when the text gets a byte order mark or CRLF line ends; None where
    these mean something. `claims` are places with what must stand there. `files` tells for an input that
    holds several files the content of each.
    """

    name: str
    read: Callable[[bytes], Any]
    grammar: Grammar
    structure: Callable[[Any], object] | None = None
    claims: Callable[[Any], Iterable[Claim]] = no_claims
    files: Callable[[bytes], Mapping[str, bytes]] | None = None

    @cached_property
    def seeds(self) -> tuple[str, ...]:
        """Texts of this kind as people write them."""
        return seeds_of(self.name)
