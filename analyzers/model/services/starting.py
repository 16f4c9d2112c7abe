"""What an image starts, seen through the small programs that only start another one."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.image import Entry, Stage
from analyzers.model.scripts.wrappers import program_of, wrapper_of

WATCHERS = frozenset(
    {
        "CompileDaemon",
        "air",
        "fresh",
        "gin",
        "gow",
        "modd",
        "nodemon",
        "realize",
        "reflex",
        "watchexec",
        "wgo",
    }
)
"""Programs that build and start another one whenever a file changes: they serve developers."""


def started_words(stage: Stage) -> tuple[str, ...]:
    """The command line of a container that says nothing itself; empty where it cannot be told."""
    entry, cmd = stage.entrypoint, stage.cmd
    if entry is None:
        return unwrapped(_words(cmd))
    words = _words(entry)
    if cmd and entry.words and not entry.commands:
        words = (*words, *_words(cmd))
    return unwrapped(words)


def unwrapped(words: Sequence[str]) -> tuple[str, ...]:
    """The command behind an init such as tini, and its flags; empty where the init starts nothing here."""
    at = program_of(words)
    return tuple(words[at:]) if words and not wrapper_of(words[at]) else ()


def _words(entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    if entry.commands:
        last = [command for command in entry.commands if command.is_last]
        return (last or list(entry.commands))[-1].words
    return entry.words
