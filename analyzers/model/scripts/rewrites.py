"""Files of an image that the script it starts writes anew before the program runs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.image import Stage
from analyzers.model.script import Script
from analyzers.parsers.light import light_value

_TEMPORARY = ("/tmp", "/var/tmp", "/run", "/var/run", "/dev", "/proc", "/sys")  # noqa: S108
_NOT_OF_THE_IMAGE = frozenset(
    {"/etc/hosts", "/etc/resolv.conf", "/etc/hostname", "/etc/passwd", "/etc/group"}
)
"""The runtime mounts the first three; the others are changed for a user id that is only known then."""
_CONFIGURATION = re.compile(r"\.(?:conf|cfg|ini|json|js|properties|toml|ya?ml|xml|env|html)\Z")


@light_value
class Rewrite:
    """`path` is absolute inside the image, `tool` what writes it."""

    path: str
    tool: str
    at: Location


def find_rewrites(script: Script, stage: Stage) -> Iterator[Rewrite]:
    """Files that `sed -i`, `envsubst` or a `cp` of configuration changes, outside of temporary folders."""
    moves = any(command.name in ("cd", "pushd") for command in script.commands)
    for command in script.commands:
        for written, at in _written(command):
            path = _absolute(written, "" if moves else stage.workdir)
            if path and not lies_in(path, _TEMPORARY) and path not in _NOT_OF_THE_IMAGE:
                yield Rewrite(path, command.name, at)


def lies_in(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder.rstrip('/')}/") for folder in folders)


def _written(command: Command) -> Iterator[tuple[str, Location]]:
    if command.name == "sed":
        for index in _edited(command):
            if index not in command.varying:
                yield command.words[index], command.word_at(index)
    elif command.name == "envsubst":
        for path in command.writes:
            yield path, command.at
    elif command.name in ("cp", "mv") and len(command.words) > 2:
        last = len(command.words) - 1
        if last not in command.varying and _CONFIGURATION.search(command.words[last]):
            yield command.words[last], command.word_at(last)


def _edited(command: Command) -> list[int]:
    """Which words of `sed -i` are files: what follows the script, or all where an option brings that."""
    words = command.words
    if not any(word.startswith(("-i", "--in-place")) or word in ("-Ei", "-ri", "-ni") for word in words):
        return []
    plain = [
        index
        for index in range(1, len(words))
        if not words[index].startswith("-") and words[index - 1] not in ("-e", "-f", "--expression", "--file")
    ]
    plain = [index for index in plain if words[index]]
    has_script = any(word in ("-e", "-f") or word.startswith(("--expression", "--file")) for word in words)
    return plain if has_script else plain[1:]


def _absolute(path: str, workdir: str) -> str:
    """Empty where it cannot be told."""
    if not path or any(sign in path for sign in "$`*?~&"):
        return ""
    if path.startswith("/"):
        return posixpath.normpath(path)
    return posixpath.normpath(posixpath.join(workdir, path)) if workdir else ""
