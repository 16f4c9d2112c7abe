"""Run as a program: reads Dockerfile texts as a JSON array, answers how BuildKit v0.12.5 reads each.

The `dockerfile` package carries a Go runtime, which must not share a process with another one.
"""

from __future__ import annotations

import importlib
import json
import sys

dockerfile = importlib.import_module("dockerfile")  # a compiled module without types


def read(text: str) -> list[list[object]] | None:
    """Each instruction as a row, None where BuildKit refuses the text."""
    try:
        commands = dockerfile.parse_string(text)
    except dockerfile.GoParseError:
        return None
    return [
        [
            (command.cmd or "").upper(),
            command.sub_cmd and command.sub_cmd.upper(),
            command.json,
            command.start_line,
            command.end_line,
            list(command.flags),
            list(command.value),
            [[heredoc.name, heredoc.content.replace("\t", "")] for heredoc in command.heredocs],
        ]
        for command in commands
    ]


if __name__ == "__main__":
    json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
