"""Commands in text form that need no shell."""

from __future__ import annotations

from analyzers.model.image import Entry

_META = frozenset("|&;<>()$`\\\n*?[]{}~#!")
_BUILT_IN = frozenset(
    {".", "cd", "eval", "exec", "export", "set", "source", "trap", "ulimit", "umask", "wait"}
)


def plain_words(entry: Entry) -> tuple[str, ...]:
    """The words of a single command in which the shell has nothing to do; else none."""
    only = entry.commands[0] if len(entry.commands) == 1 else None
    if only is None or only.varying or only.assignments or only.writes or not _META.isdisjoint(entry.text):
        return ()
    return () if only.name in _BUILT_IN or only.is_exec else only.written
