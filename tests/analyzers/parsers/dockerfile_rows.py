"""Our reading of a Dockerfile in the rows the oracle answers with."""

from __future__ import annotations

from analyzers.parsers.dockerfile import Instruction, parse_dockerfile
from analyzers.parsers.problem import Unreadable

_SPLIT = frozenset(
    {"ADD", "COPY", "EXPOSE", "FROM", "VOLUME", "ENV", "LABEL", "ARG", "HEALTHCHECK", "ONBUILD"}
)
_WHOLE = frozenset({"CMD", "ENTRYPOINT", "MAINTAINER", "RUN", "SHELL", "STOPSIGNAL", "USER", "WORKDIR"})


def rows(text: str) -> list[list[object]] | None:
    """Each instruction as a row, None where the text is refused."""
    try:
        instructions = parse_dockerfile(text).instructions
    except Unreadable:
        return None
    return [_row(instruction) for instruction in instructions]


def _row(instruction: Instruction) -> list[object]:
    said = instruction.child or instruction
    return [
        instruction.keyword,
        instruction.child.keyword if instruction.child else None,
        said.is_json,
        instruction.span.line,
        instruction.span.end_line,
        [flag.written for flag in instruction.flags],
        _values(said),
        [[heredoc.name, heredoc.body.text.replace("\t", "")] for heredoc in instruction.heredocs],
    ]


def _values(instruction: Instruction) -> list[str]:
    if instruction.keyword not in _SPLIT | _WHOLE or (
        instruction.keyword == "ONBUILD" and instruction.arguments.text
    ):
        return [""]
    if instruction.keyword in ("ENV", "LABEL"):
        return [part.text for pair in instruction.pairs for part in (pair.name, pair.value) if part]
    return [word.text for word in instruction.words]
