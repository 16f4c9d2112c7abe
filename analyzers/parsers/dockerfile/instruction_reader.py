"""From one joined line to an instruction: keyword, flags, and where the arguments stand."""

from __future__ import annotations

import re
from dataclasses import replace

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.flags import read_flags
from analyzers.parsers.dockerfile.form import may_be_refused
from analyzers.parsers.dockerfile.heredocs import KEYWORDS, Announcement, announcements
from analyzers.parsers.dockerfile.instruction import Instruction
from analyzers.parsers.dockerfile.syntax import Flag, Heredoc
from analyzers.parsers.joined_text import JoinedText

_KEYWORD = re.compile(rf"[{SPACES}]*([^\t\v\f\r ]*)[\t\v\f\r ]*([{SPACES}]*)")


def read_instruction(line: JoinedText, escape: str, *, inside_onbuild: bool = False) -> Instruction:
    """Read a line with its continuations joined. Raises Unreadable where BuildKit refuses it."""
    text = line.text
    end = len(text.rstrip(SPACES)) or len(text)
    match = _KEYWORD.match(text, 0, end)
    assert match is not None, "all of it may be empty"
    keyword, at = match[1].upper(), match.end()
    flags: tuple[Flag, ...] = ()
    if not match[2] and text.startswith("--", at):
        flags, at = read_flags(line, at, end, escape)
    child = None
    if keyword == "ONBUILD" and at < end and not inside_onbuild:
        child = read_instruction(line.slice(at, end), escape, inside_onbuild=True)
    instruction = Instruction(keyword, line, match.span(1), (at, end), escape, flags, (), child)
    if child is None and may_be_refused(keyword, text, at):
        _ = instruction.form
    return instruction


def heredocs_announced(instruction: Instruction) -> tuple[Announcement, ...]:
    """The heredocs whose bodies follow the instruction, ONBUILD's own instruction included."""
    if "<<" not in instruction.whole.text:
        return ()
    said = instruction.child or instruction
    if said.keyword not in KEYWORDS or said.is_json:
        return ()
    return announcements(instruction.whole)


def with_heredocs(instruction: Instruction, heredocs: tuple[Heredoc, ...]) -> Instruction:
    """The instruction with the bodies that follow it."""
    if instruction.child is not None:
        return replace(instruction, child=with_heredocs(instruction.child, heredocs))
    return replace(instruction, heredocs=heredocs)
