"""The script that a container starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzers.finding import Location
from analyzers.model.command_reader import is_shell
from analyzers.model.image import Entry, Image, Stage
from analyzers.model.script import Script, ShellName
from analyzers.model.scripts.copied_files import file_at
from analyzers.model.scripts.script_reader import read_command_line
from analyzers.model.scripts.shells import shell_of_stage
from analyzers.model.scripts.wrappers import program_of
from analyzers.parsers.problem import Unreadable


def script_of_image(image: Image, scripts: Mapping[str, Script]) -> Script | None:
    """The script its ENTRYPOINT, or else its CMD, starts: a file of the repository or the text of `sh -c`.

    None where it starts something else, or where that cannot be told.
    """
    entry = image.final.entrypoint or image.final.cmd
    return script_of_words(_words(entry), entry.at, image, scripts) if entry else None


def script_of_words(
    words: Sequence[str], at: Location, image: Image | None, scripts: Mapping[str, Script]
) -> Script | None:
    """The script that a command line starts, in an image where that is known."""
    words = words[program_of(words) :]
    if not words:
        return None
    sh: ShellName = shell_of_stage(image.final) if image else "sh"
    try:
        if text := read_command_line(words, at, sh):
            return text
    except Unreadable:
        return None
    named = _file_named(words)
    path = file_at(named, image, scripts) if image and named else None
    return scripts.get(path) if path else None


def script_of_text_form(entry: Entry, stage: Stage) -> Script | None:
    """What the shell of a stage is given to run by an entry in text form; None where SHELL is no shell."""
    try:
        return read_command_line((*stage.shell, entry.text), entry.at, shell_of_stage(stage))
    except Unreadable:
        return None


def _words(entry: Entry) -> Sequence[str]:
    """The words of the exec form, or those of a text that is one single command."""
    if not entry.shell_form:
        return entry.words
    commands = [command for command in entry.commands if command.words and not command.is_nested]
    return commands[0].written if len(commands) == 1 else ()


def _file_named(words: Sequence[str]) -> str:
    """The program itself, or the file that a shell is told to read."""
    if not is_shell(words[0]):
        return words[0]
    return next((word for word in words[1:] if not word.startswith("-")), "")
