"""How long a container's preStop hook keeps the pod alive before it is told to stop.

The hook runs before SIGTERM and within the grace period:
https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from analyzers.model.command_reader import read_argv
from analyzers.model.fact import Fact
from analyzers.model.yaml_facts import int_fact, place
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_words

_DURATION = re.compile(r"([0-9]{1,6}(?:\.[0-9]{0,6})?)([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def read_prestop(path: str, lifecycle: Node) -> Fact[int] | None:
    """The seconds a preStop hook sleeps before all else, without value where it does something different."""
    hook = lifecycle["preStop"]
    if not hook:
        if lifecycle and (lifecycle.text or not lifecycle.is_complete):
            return Fact(None, place(path, lifecycle))
        return None
    if hook["sleep"]:
        return int_fact(path, hook["sleep"]["seconds"]) or Fact(None, place(path, hook))
    words = as_words(hook["exec"]["command"]) or ()
    return Fact(_slept(words), place(path, hook))


def sleeps_only(words: Sequence[str]) -> bool:
    """Whether a command does nothing but sleep, for a time that is known."""
    commands = list(_commands(words))
    return bool(commands) and None not in map(_sleep, commands)


def _slept(words: Sequence[str]) -> int | None:
    """Whole seconds, rounded up, of the sleeps that a command begins with."""
    seconds = 0.0
    for command in _commands(words):
        duration = _sleep(command)
        if duration is None:
            break
        seconds += duration
    return math.ceil(seconds) if seconds else None


def _commands(words: Sequence[str]) -> Iterator[Sequence[str]]:
    try:
        commands = read_argv([JoinedText([Piece(word, 1, 1)]) for word in words], "")
    except Unreadable:
        return
    for command in commands:
        yield command.words


def _sleep(words: Sequence[str]) -> float | None:
    if len(words) != 2 or words[0].rsplit("/", 1)[-1] != "sleep":
        return None
    found = _DURATION.fullmatch(words[1])
    return float(found[1]) * _SECONDS[found[2]] if found else None
