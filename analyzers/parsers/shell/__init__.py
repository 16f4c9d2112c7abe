"""Shell scripts: entrypoints, RUN instructions, steps of CI jobs."""

from __future__ import annotations

from analyzers.parsers.shell.reader import parse_shell
from analyzers.parsers.shell.script import Assignment, Loop, Script, ShellCommand, ShellWord

__all__ = ["Assignment", "Loop", "Script", "ShellCommand", "ShellWord", "parse_shell"]
