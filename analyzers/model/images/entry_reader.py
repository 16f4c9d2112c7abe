"""CMD, ENTRYPOINT and HEALTHCHECK: what a container starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.command_reader import is_shell, script_of
from analyzers.model.image import Entry
from analyzers.parsers.dockerfile import Instruction
from analyzers.parsers.joined_text import JoinedText

ReadScript = Callable[[JoinedText], tuple[Command, ...]]


def read_entry(
    path: str, instruction: Instruction, shell: Sequence[str], read_script: ReadScript, skipped_words: int = 0
) -> Entry | None:
    """The entry an instruction sets, None where it sets it to nothing."""
    text = _rest(instruction, skipped_words)
    if not text.text or (instruction.is_json and not instruction.elements):
        return None
    script = script_of(instruction.elements) if instruction.is_json else text if is_shell(shell[0]) else None
    return Entry(
        at=Location(path, instruction.span),
        text=text.text,
        words=tuple(element.text for element in instruction.elements),
        shell_form=not instruction.is_json,
        commands=read_script(script) if script else (),
    )


def _rest(instruction: Instruction, skipped_words: int) -> JoinedText:
    """The arguments behind HEALTHCHECK's type."""
    arguments = instruction.arguments
    if not skipped_words:
        return arguments
    parts = arguments.text.split(None, skipped_words)
    has_rest = len(parts) > skipped_words and len(instruction.words) > skipped_words
    return arguments.slice(len(arguments.text) - len(parts[-1])) if has_rest else arguments.slice(0, 0)
