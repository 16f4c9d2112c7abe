"""The shape of a shell script: its simple commands, in the order they are written."""

from __future__ import annotations

from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span


@light_value
class ShellWord:
    """A word with its quotes removed. Where something is expanded in it, it is kept as written."""

    text: str
    span: Span
    is_constant: bool = True
    offset: int = 0
    """Where it begins in the script, in characters."""


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


@light_value
class ShellCommand:
    """A simple command. It has no words where it is nothing but assignments.

    A leading `exec` is told by `is_exec` and is not among the words.
    """

    span: Span
    words: tuple[ShellWord, ...]
    assignments: tuple[Assignment, ...] = ()
    is_exec: bool = False
    is_last: bool = False
    """Nothing follows it in the foreground, at least on one branch."""
    operator_after: str = ""
    """`&&`, `||`, `|`, `|&`, `;`, `&`, or nothing at the end of what encloses it."""
    is_substituted: bool = False
    """Inside `$(...)`, backquotes or `<(...)`."""
    function: str = ""
    """The function whose body it stands in."""
    writes: tuple[ShellWord, ...] = ()
    """Files its output is redirected to."""
    input: ShellWord | None = None
    """The here-document or here-string it reads."""
    is_conditional: bool = False
    """It may be passed over: in a branch or loop, or behind `&&` or `||`. Within its function."""
    is_tested: bool = False
    """Its success is asked for: the condition of an `if` or a loop, or behind `!`."""
    is_repeated: bool = False
    """In the body of a loop."""
    is_subshell: bool = False
    """It runs in a copy of the shell: in `( )`, a pipeline, a substitution or the background."""
    is_background: bool = False
    """It, or what encloses it, ends in `&`."""
    ends_function: bool = False
    """It is what `is_last` says within its function."""
    loops: tuple[Loop, ...] = ()
    """The `for` loops around it, the outermost first. Within its function."""


@light_value
class Script:
    """A script. `is_whole` is False where parts could not be understood: absence proves nothing then."""

    commands: tuple[ShellCommand, ...]
    comments: tuple[ShellWord, ...] = ()
    is_whole: bool = True
    heads: tuple[ShellWord, ...] = ()
    """What `for` runs through and `case` looks at, where variables take part."""
