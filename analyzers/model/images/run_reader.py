"""RUN: the script it runs, and what is mounted while it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzers.model.command import Command
from analyzers.model.command_reader import command_of, is_shell, script_of
from analyzers.model.images.build_scope import BuildScope
from analyzers.model.images.entry_reader import ReadScript
from analyzers.parsers.dockerfile import Heredoc, Instruction
from analyzers.parsers.joined_text import JoinedText, Piece

# https://docs.docker.com/reference/dockerfile/#run---mount
_LONG_NAMES = {"src": "source", "dst": "target", "destination": "target", "ro": "readonly", "rw": "readwrite"}


def read_run(
    path: str, instruction: Instruction, shell: Sequence[str], read_script: ReadScript
) -> tuple[Command, ...]:
    """The commands of a RUN; none where another language than the shell's is spoken."""
    if instruction.is_json:
        script = script_of(instruction.elements)
        if script is None:
            return (command_of(instruction.elements, path),) if instruction.elements else ()
        return read_script(script)
    script = _script(instruction, shell)
    return read_script(script) if script and script.text else ()


def read_mounts(instruction: Instruction, scope: BuildScope) -> tuple[Mapping[str, str], ...]:
    """Each `--mount` as its options, with their long names; the type is `bind` where none is said.

    What depends on something unknown is kept as written.
    """
    return tuple(_mount(flag.value, scope) for flag in instruction.flags if flag.name == "mount")


def _mount(value: str, scope: BuildScope) -> Mapping[str, str]:
    mount = {"type": "bind"}
    for option in value.split(","):
        name, equals, setting = option.strip().partition("=")
        known = scope.expand(setting) if equals else "true"
        mount[_LONG_NAMES.get(name.lower(), name.lower())] = setting if known is None else known
    return mount


def _script(instruction: Instruction, shell: Sequence[str]) -> JoinedText | None:
    """What the shell reads, None where it is no shell of the Bourne family."""
    line, heredocs = instruction.arguments, instruction.heredocs
    if len(heredocs) == 1:
        rest = line.text.replace(heredocs[0].word.text, "", 1).split()
        if not rest:
            return _with_interpreter(heredocs[0].body, shell)
        if is_shell(rest[0]) and all(word.startswith("-") for word in rest[1:]):
            return heredocs[0].body
    if not is_shell(shell[0]):
        return None
    return _with_bodies(line, heredocs) if heredocs else line


def _with_interpreter(body: JoinedText, shell: Sequence[str]) -> JoinedText | None:
    """A body that is the whole script is run by its `#!` line, or by the stage's shell."""
    first, _, _ = body.text.partition("\n")
    if not first.startswith("#!"):
        return body if is_shell(shell[0]) else None
    words = first[2:].split()
    return body if words and is_shell(words[-1] if words[0].endswith("/env") else words[0]) else None


def _with_bodies(line: JoinedText, heredocs: Sequence[Heredoc]) -> JoinedText:
    """The line and the bodies below it, as the shell gets them.

    The grammar knows no heredoc before its command; what such a line feeds to a program is left out.
    """
    first = heredocs[0].word.text
    if line.text.startswith(first):
        return line.slice(len(first))
    pieces = [*line.pieces(0, len(line.text)), Piece("\n", *line.ending)]
    for heredoc in heredocs:
        pieces.extend(heredoc.body.pieces(0, len(heredoc.body.text)))
        pieces.append(Piece(f"{heredoc.name}\n", heredoc.end.span.line, heredoc.end.span.column))
    return JoinedText(pieces)
