"""What containers start through a shell that stays: its text, or a script of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.command_reader import is_shell, script_index
from analyzers.model.image import Entry, Image
from analyzers.model.script import Script
from analyzers.model.scripts.starting import script_of_words
from analyzers.model.scripts.wrappers import init_of, program_of, signals_whole_group
from analyzers.model.service import Deployed, Service
from analyzers.parsers.light import light_value

_IDLE = frozenset({"sleep", "tail"})
"""What only keeps a container from ending has nothing to finish."""

_SUPERVISORS = frozenset({"init", "runsvdir", "s6-svscan", "supervisord", "systemd"})


@light_value
class ShellStart:
    """`at` is the ENTRYPOINT, CMD, `command` or `args` that names the script, or holds its text."""

    at: Location
    script: Script
    words: tuple[str, ...]
    """The command line, an init in front included."""
    text: str
    """What `-c` is given; empty for a file."""

    @property
    def shell(self) -> str:
        """The name of the shell as the command line has it."""
        return self.words[program_of(self.words)].rsplit("/", 1)[-1]

    @property
    def program(self) -> str:
        """The name of what the script starts last, seen through another shell in between."""
        last = self.script.last[0]
        inner = [each for each in self.script.commands if each.is_nested and each.is_last and each.words]
        return (inner[0] if inner and is_shell(last.name) else last).name.strip("\"'")

    @property
    def lost(self) -> Command | None:
        """The program that the shell waits for and hands no signal to; None where it gets its signals."""
        if self.script.hands_over != "child" or len(self.script.last) != 1 or signals_whole_group(self.words):
            return None
        (last,) = self.script.last
        if self.script.traps_of("TERM") or last.name in _IDLE or last.is_repeated:
            return None
        return last

    @property
    def orphan(self) -> Command | None:
        """What it starts in the background and leaves to a program that takes its place as process 1."""
        script = self.script
        is_left = script.hands_over == "exec" and not script.waits and not init_of(self.words)
        if not is_left or any(_reaps(command) for command in script.last):
            return None
        started = (command for command in script.background if not command.is_substituted)
        return next(started, None)


def _reaps(command: Command) -> bool:
    """Inits and supervisors take in every process that has lost its parent."""
    return bool(init_of(command.written)) or command.name in _SUPERVISORS


def find_shell_starts(
    images: Iterable[Image], services: Iterable[Service], scripts: Mapping[str, Script]
) -> Iterator[ShellStart]:
    """Of images by themselves, and of the containers that give an image of ours another command."""
    known = tuple(services)
    for image in images:
        if _stays(image, known):
            yield from _of_image(image, scripts)
    for service in known:
        for deployed in service.deployed if service.image else ():
            yield from _of_container(deployed, service.image, scripts)


def _stays(image: Image, services: Iterable[Service]) -> bool:
    """Whether its containers are there to serve: those of tools, builds and tests end by themselves."""
    final = image.final
    if final.exposes or final.healthcheck:
        return True
    return any(
        (service.program is not None and (service.program.serves_others or service.program.handles_signals))
        or any(deployed.workload.runs_forever for deployed in service.deployed)
        for service in services
        if service.image is image
    )


def _of_image(image: Image, scripts: Mapping[str, Script]) -> Iterator[ShellStart]:
    entrypoint, cmd = image.final.entrypoint, image.final.cmd
    if entrypoint is None:
        entries = [cmd] if cmd else []
    else:
        entries = [entrypoint, *([cmd] if cmd and not cmd.shell_form else [])]
    if entries and not any(entry.shell_form for entry in entries):
        yield from _start(entries, image, scripts)


def _start(entries: Sequence[Entry], image: Image, scripts: Mapping[str, Script]) -> Iterator[ShellStart]:
    words = tuple(word for entry in entries for word in entry.words)
    script = script_of_words(words, entries[0].at, image, scripts)
    if script is not None:
        text = _text_in(words)
        holder = next((entry for entry in entries if text in entry.words), entries[0])
        yield ShellStart(holder.at, script, words, text)


def _of_container(
    deployed: Deployed, image: Image | None, scripts: Mapping[str, Script]
) -> Iterator[ShellStart]:
    container = deployed.container
    if not container.command or not container.is_complete or not deployed.workload.runs_forever:
        return
    words = (*container.command, *(container.args or ()))
    named = container.places.get("command", container.at)
    script = script_of_words(words, named, image, scripts)
    if script is not None:
        text = _text_in(words)
        is_argument = bool(text) and text not in container.command
        yield ShellStart(container.places["args"] if is_argument else named, script, words, text)


def _text_in(words: Sequence[str]) -> str:
    """The word that is the script; the start of a file's command line holds none."""
    inner = words[program_of(words) :]
    at = script_index(inner)
    return inner[at] if at is not None else ""
