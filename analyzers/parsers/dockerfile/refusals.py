"""Instructions that parse, but that BuildKit refuses to build.

Facts: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.parsers.dockerfile.file import Dockerfile
from analyzers.parsers.dockerfile.instruction import Instruction

_NEED_ARGUMENTS = {"ARG", "ENV", "EXPOSE", "LABEL", "ONBUILD", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
_KNOWN = _NEED_ARGUMENTS | {
    *("ADD", "CMD", "COPY", "ENTRYPOINT", "FROM", "HEALTHCHECK", "MAINTAINER", "RUN", "SHELL"),
}


def find_refusals(dockerfile: Dockerfile) -> Iterator[tuple[int, str]]:
    """The line of each such instruction, and why it is refused."""
    for instruction in dockerfile.instructions:
        if reason := _refusal(instruction):
            yield instruction.line, reason


def _refusal(instruction: Instruction) -> str:
    keyword, words = instruction.keyword, instruction.words
    if keyword not in _KNOWN:
        return f"unknown instruction {keyword[:40]!r}"
    if keyword in _NEED_ARGUMENTS and not instruction.arguments.text.strip():
        return f"{keyword} has no argument"
    if keyword in ("COPY", "ADD") and len(words) < 2:
        return f"{keyword} needs a source and a destination"
    if keyword == "FROM" and not _is_from(instruction):
        return "FROM is written as `FROM image` or `FROM image AS name`"
    return ""


def _is_from(instruction: Instruction) -> bool:
    words = [word.text for word in instruction.words]
    return len(words) == 1 or (len(words) == 3 and words[1].upper() == "AS")
