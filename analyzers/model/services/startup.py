"""What a container hands its program when it starts: environment variables and command line flags."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from analyzers.model.image import Entry, Image
from analyzers.model.programs.text import Read, Text
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value

_SHELLS = frozenset({"sh", "ash", "bash", "dash"})


@light_value
class Setting:
    """`value` is None where nothing is given and the program's default counts; a guess unless `is_known`."""

    is_known: bool
    value: str | None = None


NOT_GIVEN = Setting(True)
UNKNOWN = Setting(False)


def find_setting(container: Container, image: Image | None, *, variable: str = "", flag: str = "") -> Setting:
    """What a container gives for a variable or flag; a flag goes first where a program knows both."""
    by_flag = _flag(container, image, flag) if flag else NOT_GIVEN
    if not by_flag.is_known or by_flag.value is not None:
        return by_flag
    return _variable(container, image, variable) if variable else NOT_GIVEN


def filled(text: Text, container: Container | None, image: Image | None) -> str | None:
    """A text of the program as a container starts it; None where a part is not known."""
    pieces = [_given(piece, container, image) for piece in text]
    known = [piece for piece in pieces if piece is not None]
    return "".join(known) if len(known) == len(pieces) else None


def _given(piece: str | Read, container: Container | None, image: Image | None) -> str | None:
    if isinstance(piece, str):
        return piece
    if container is None or not piece.is_known:
        return None
    setting = find_setting(container, image, variable=piece.variable, flag=piece.flag)
    if not setting.is_known:
        return None
    return piece.default if setting.value is None else setting.value


def _variable(container: Container, image: Image | None, name: str) -> Setting:
    entry = container.variable(name)
    if entry is not None:
        return Setting(True, entry.value) if entry.value else UNKNOWN
    if not container.env_is_complete:
        return UNKNOWN
    fact = image.final.env.get(name) if image else None
    if fact is None:
        return NOT_GIVEN
    return Setting(True, fact.value) if fact.value else UNKNOWN


def _flag(container: Container, image: Image | None, name: str) -> Setting:
    """Some flag libraries also read a variable named like the flag; such a one makes the flag unknown."""
    plain = _plain(name)
    variables = (*container.env, *container.provided)
    if not container.env_is_complete or any(plain in _plain(entry.name) for entry in variables):
        return UNKNOWN
    words = _words(container, image)
    if words is None:
        return UNKNOWN
    for index, word in enumerate(words):
        flag, equals, value = word.lstrip("-").partition("=")
        if word.startswith("-") and flag == name:
            given = value if equals else "".join(words[index + 1 : index + 2])
            return Setting(True, given) if given and "$" not in given else UNKNOWN
    return NOT_GIVEN


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").replace(".", "").lower()


def _words(container: Container, image: Image | None) -> Sequence[str] | None:
    """The command line as Kubernetes composes it; None where a shell or a script makes it.

    https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
    """
    if not container.is_complete:
        return None
    entrypoint = _entry(image.final.entrypoint if image else None)
    cmd = _entry(image.final.cmd if image else None)
    command = container.command if container.command is not None else entrypoint
    if container.args is not None:
        args: Sequence[str] | None = container.args
    else:
        args = () if container.command is not None else cmd
    if command is None or args is None:
        return None
    words = (*command, *args)
    start = posixpath.basename(words[0]) if words else ""
    return None if start in _SHELLS or start.endswith(".sh") else words


def _entry(entry: Entry | None) -> Sequence[str] | None:
    if entry is None:
        return ()
    return None if entry.shell_form else entry.words
