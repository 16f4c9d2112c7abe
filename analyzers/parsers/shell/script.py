"""The shape of a shell script: its simple commands, in the order they are written.

All of it stands between two offsets into the script, in characters: where in a file that is, and whether
several files hold the same script, is not the shell's affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.parsers.light import light_value


@light_value
class ShellWord:
    """A word with its quotes removed. Where something is expanded in it, it is kept as written."""

    text: str
    start: int
    end: int
    is_constant: bool = True


@light_value
class Assignment:
    """A `NAME=value` before a command, or alone."""

    name: str
    value: ShellWord


@light_value
class Loop:
    """`for NAME in words`, the first of them where there are many. All commands in it share one."""

    variable: str
    words: tuple[ShellWord, ...]


SUBSTITUTED, CONDITIONAL, TESTED, REPEATED, SUBSHELL, BACKGROUND = 1, 2, 4, 8, 16, 32
"""What holds for a command because of where it stands, added up."""


@dataclass(eq=False, slots=True)
class ShellCommand:
    """A simple command. It has no words where it is nothing but assignments.

    A leading `exec` is told by `is_exec` and is not among the words. The reader of the script fills it in
    as it goes on; behind that nobody changes it.
    """

    start: int
    end: int
    traits: int = 0
    function: str = ""
    """The function whose body it stands in."""
    loops: tuple[Loop, ...] = ()
    """The `for` loops around it, the outermost first. Within its function."""
    words: list[ShellWord] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    writes: list[ShellWord] = field(default_factory=list)
    """Files its output is redirected to."""
    input: ShellWord | None = None
    """The here-document or here-string it reads."""
    is_exec: bool = False
    operator_after: str = ""
    """`&&`, `||`, `|`, `|&`, `;`, `&`, or nothing at the end of what encloses it."""
    is_last: bool = False
    """Nothing follows it in the foreground, at least on one branch."""
    ends_function: bool = False
    """It is what `is_last` says within its function."""

    @property
    def is_substituted(self) -> bool:
        """Inside `$(...)`, backquotes or `<(...)`."""
        return bool(self.traits & SUBSTITUTED)

    @property
    def is_conditional(self) -> bool:
        """It may be passed over: in a branch or loop, or behind `&&` or `||`. Within its function."""
        return bool(self.traits & CONDITIONAL)

    @property
    def is_tested(self) -> bool:
        """Its success is asked for: the condition of an `if` or a loop, or behind `!`."""
        return bool(self.traits & TESTED)

    @property
    def is_repeated(self) -> bool:
        """In the body of a loop."""
        return bool(self.traits & REPEATED)

    @property
    def is_subshell(self) -> bool:
        """It runs in a copy of the shell: in `( )`, a pipeline, a substitution or the background."""
        return bool(self.traits & (SUBSHELL | BACKGROUND))

    @property
    def is_background(self) -> bool:
        """It, or what encloses it, ends in `&`."""
        return bool(self.traits & BACKGROUND)


@light_value
class Script:
    """A script. `is_whole` is False where parts could not be understood: absence proves nothing then."""

    commands: tuple[ShellCommand, ...]
    comments: tuple[ShellWord, ...] = ()
    is_whole: bool = True
    heads: tuple[ShellWord, ...] = ()
    """What `for` runs through and `case` looks at, where variables take part."""
