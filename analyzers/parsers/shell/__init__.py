"""Shell scripts: entrypoints, RUN instructions, steps of CI jobs."""

from __future__ import annotations

from analyzers.parsers.shell.reader import parse_shell
from analyzers.parsers.shell.script import Assignment, Script, ShellCommand, ShellWord

__all__ = ["Assignment", "Script", "ShellCommand", "ShellWord", "parse_shell"]
