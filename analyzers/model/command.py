"""A simple command of a shell script: what is run, with which words, under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzers.finding import Location
from analyzers.parsers.position import Span


@dataclass(frozen=True, slots=True)
class Command:
    """`words` as the shell would split them, quotes removed; a word that is not constant is kept as written.

    `assignments` are the `NAME=value` in front. `is_last` marks the last foreground command of the
    script, whose exit is the script's; `operator_after` is what follows: `&&`, `||`, `|`, `;`, `&` or "".
    A leading `exec` is told by `is_exec` and is not among the words. Assignments alone have no words.
    """

    at: Location
    words: tuple[str, ...]
    assignments: Mapping[str, str] = field(default_factory=dict)
    is_exec: bool = False
    is_last: bool = False
    operator_after: str = ""
    spans: tuple[Span, ...] = ()
    """Where each word stands."""
    varying: frozenset[int] = frozenset()
    """Which words are not constant, by their index."""
    writes: tuple[str, ...] = ()
    """Files its output is redirected to."""
    is_substituted: bool = False
    """It runs for its output, inside `$(...)` or its like."""
    function: str = ""
    """The shell function whose body it stands in; it runs where that is called."""

    @property
    def name(self) -> str:
        return self.words[0].rsplit("/", 1)[-1] if self.words else ""

    def word_at(self, index: int) -> Location:
        """The place of one word."""
        return Location(self.at.path, self.spans[index]) if index < len(self.spans) else self.at
