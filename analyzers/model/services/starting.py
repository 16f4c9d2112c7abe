"""What an image starts, seen through the small programs that only start another one."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from analyzers.model.image import Entry, Stage

_WRAPPERS = frozenset({"tini", "tini-static", "dumb-init", "catatonit", "exec", "nice", "stdbuf", "env"})
_WORDED_WRAPPERS = frozenset({"gosu", "su-exec", "setpriv", "chroot", "dlv"})
"""These take a word of their own before the command: `gosu nobody app`, `dlv exec app`."""

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
    """The command behind an init such as tini, and its flags."""
    rest = list(words)
    while rest and (name := posixpath.basename(rest[0])) in _WRAPPERS | _WORDED_WRAPPERS:
        rest.pop(0)
        while rest and (rest[0].startswith("-") or (name == "env" and "=" in rest[0])):
            if rest.pop(0) == "--":
                break
        if name in _WORDED_WRAPPERS:
            rest = rest[1:]
    return tuple(rest)


def _words(entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    if entry.commands:
        last = [command for command in entry.commands if command.is_last]
        return (last or list(entry.commands))[-1].words
    return entry.words
