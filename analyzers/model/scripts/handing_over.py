"""What becomes of a shell at the end of its script.

Checked by running dash 0.5.12, bash 5.2.15 and busybox 1.35 ash: none of them gives up its place for the
last command of a file. For the text of `-c`, dash never does; bash does for a simple command without
redirection and ash for any but functions and pipelines, as long as no trap is set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.model.command import Command
from analyzers.model.script import HandsOver, ShellName

_REPORTING = frozenset(
    {
        *(":", "[", "[[", "break", "cd", "continue", "declare", "echo", "exit", "export", "false", "local"),
        *("popd", "printf", "pushd", "readonly", "return", "set", "shift", "test", "trap", "true", "unset"),
    }
)
"""They end a script, or a branch of it, without starting a program."""
_OBSCURE = frozenset({".", "eval", "source"})
_DEEPEST = 8
Functions = Mapping[str, tuple[Command, ...]]


def last_commands(commands: Sequence[Command], functions: Functions) -> tuple[Command, ...]:
    """What a script starts last on each way through, functions followed into their bodies."""
    final = _certain_exec(commands)
    if final is not None:
        return (final,)
    ends = [command for command in commands if command.is_last and not command.is_nested]
    found = tuple(_within(ends, functions, 0, set()))
    if all(command.name in _REPORTING and not command.is_conditional for command in found):
        found = tuple(_within(_before_report(commands), functions, 0, set()))
    return tuple(command for command in found if command.is_exec or command.name not in _REPORTING)


def hands_over(last: Sequence[Command], shell: ShellName, *, is_text: bool, has_trap: bool) -> HandsOver:
    """How the script ends. `is_text` is true for what `-c` is given."""
    if any(command.name in _OBSCURE for command in last):
        return "unknown"
    ways = {_way_of(command, shell, is_text and not has_trap) for command in last}
    if len(ways) > 1:
        return "unknown"
    return next(iter(ways), "nothing")


def _certain_exec(commands: Sequence[Command]) -> Command | None:
    """An `exec` that every run reaches: nothing behind it is ever run."""
    for command in commands:
        is_plain = not (
            command.is_conditional or command.is_subshell or command.function or command.is_nested
        )
        if command.is_exec and command.words and is_plain:
            return command
    return None


def _before_report(commands: Sequence[Command]) -> Sequence[Command]:
    """What runs right before a script only reports, as in `server; exit $?`."""
    for command in reversed(commands):
        is_aside = command.function or command.is_subshell or command.is_nested or not command.words
        if not is_aside and command.name not in _REPORTING:
            return () if command.is_conditional or command.is_tested else (command,)
    return ()


def _within(ends: Sequence[Command], functions: Functions, depth: int, seen: set[str]) -> Iterator[Command]:
    for command in ends:
        body = functions.get(command.name) if command.words and not command.is_exec else None
        if body is None or depth > _DEEPEST:
            if command.words:
                yield command
        elif command.name not in seen:
            seen.add(command.name)
            final = _exec_in_body(body)
            inner = [final] if final else [each for each in body if each.ends_function]
            yield from _within(inner, functions, depth + 1, seen)


def _exec_in_body(body: Sequence[Command]) -> Command | None:
    plain = (command for command in body if command.is_exec and command.words)
    return next((each for each in plain if not (each.is_conditional or each.is_subshell)), None)


def _way_of(command: Command, shell: ShellName, may_replace: bool) -> HandsOver:
    if command.is_exec and not command.is_subshell:
        return "exec"
    if command.name == "wait":
        return "wait"
    if may_replace and shell not in ("dash", "ksh", "zsh"):
        return _way_of_text(command, shell)
    return "child"


def _way_of_text(command: Command, shell: ShellName) -> HandsOver:
    """A command that bash and ash may turn into. Which of them `sh` is depends on the image."""
    if command.function or command.is_subshell:
        return "child"
    is_plain = not (command.is_repeated or command.writes)
    if shell == "ash":
        return "exec" if not command.is_repeated else "child"
    if not is_plain:
        return "unknown" if shell == "sh" else "child"
    return "exec" if shell == "bash" else "unknown"
