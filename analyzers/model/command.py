"""A simple command of a shell script: what is run, with which words, under which conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from analyzers.finding import Location
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.shell import Loop


@light_value
class Command:
    """`words` as the shell would split them, quotes removed; a word that is not constant is kept as written.

    `assignments` are the `NAME=value` in front. `is_last` marks the last foreground command of the
    script, whose exit is the script's; `operator_after` is what follows: `&&`, `||`, `|`, `;`, `&` or "".
    A leading `exec` is told by `is_exec` and is not among the words; neither is what only prepares
    the ground for the program, such as `sudo -E`, `env A=b` or `tini --`. Assignments alone have no words.
    """

    at: Location
    words: tuple[str, ...]
    assignments: Mapping[str, str] = field(default_factory=dict)
    is_exec: bool = False
    is_last: bool = False
    operator_after: str = ""
    spans: Sequence[Span] = ()
    """Where each word stands."""
    varying: frozenset[int] = frozenset()
    """Which words are not constant, by their index."""
    writes: tuple[str, ...] = ()
    """Files its output is redirected to."""
    is_substituted: bool = False
    """It runs for its output, inside `$(...)` or its like."""
    function: str = ""
    """The shell function whose body it stands in; it runs where that is called."""
    wrappers: tuple[str, ...] = ()
    """The words in front of the program: `("sudo", "-E")`."""
    input: str = ""
    """The here-document or here-string it reads."""
    input_varies: bool = False
    """The shell may put something in there: the here-document's end is not quoted."""
    is_conditional: bool = False
    """It may be passed over: in a branch or loop, or behind `&&` or `||`. Within its function."""
    is_tested: bool = False
    """Its success is asked for: the condition of an `if` or a loop, or behind `!`."""
    is_repeated: bool = False
    """In the body of a loop."""
    is_subshell: bool = False
    """A copy of the shell runs it: `( )`, a pipeline, `$( )`, `&`, `sh -c`. It changes nothing outside."""
    is_background: bool = False
    """It, or what encloses it, ends in `&`."""
    ends_function: bool = False
    """It is what `is_last` says within its function."""
    is_nested: bool = False
    """It stands in the text that a command before it hands to another shell: `sh -c '...'`."""
    loops: tuple[Loop, ...] = ()
    """The `for` loops around it, the outermost first. Within its function."""
    name: str = field(init=False, repr=False, compare=False)
    """The program without its folder. Every rule asks every command for it, so it is cut off once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.words[0].rpartition("/")[2] if self.words else "")

    @property
    def written(self) -> tuple[str, ...]:
        """All words but `exec`, those in front of the program included."""
        return (*self.wrappers, *self.words)

    def flag(self, name: str) -> str:
        """The value of a flag that takes one, empty where it is not given."""
        for word, following in zip(self.words, (*self.words[1:], ""), strict=True):
            if word == name:
                return following
            if word.startswith(f"{name}="):
                return word.partition("=")[2]
        return ""

    def word_at(self, index: int) -> Location:
        """The place of one word."""
        return Location(self.at.path, self.spans[index]) if index < len(self.spans) else self.at
