"""Programs that do nothing but start another one: `sudo`, `env`, `gosu`, `tini`, `dlv exec` and their likes.

Options as in their manuals: sudo(8), env(1), timeout(1), setpriv(1), nice(1), stdbuf(1), chpst(8),
https://github.com/tianon/gosu, https://github.com/ncopa/su-exec, https://github.com/krallin/tini,
https://github.com/Yelp/dumb-init, https://github.com/jwilder/dockerize, https://github.com/go-delve/delve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from analyzers.parsers.light import light_value

_MOST = 8
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w{0,200}=")


@light_value
class Wrapper:
    """What stands between its name and the program. `becomes` says what is left of it when that runs."""

    becomes: Literal["program", "init", "parent"]
    """The program itself; an init that hands signals on; a parent process."""
    valued: frozenset[str] = frozenset()
    """Options whose value is the next word."""
    operands: int = 0
    assigns: bool = False
    needs_dashes: bool = False
    """The program stands behind `--`."""
    declines: frozenset[str] = frozenset()
    """Options with which it starts nothing that can be seen here."""


_SUDO = frozenset({*("-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R"), "--user", "--group"})
_SETPRIV = frozenset(
    {
        *("--reuid", "--regid", "--ruid", "--rgid", "--euid", "--egid", "--groups", "--bounding-set"),
        *("--inh-caps", "--ambient-caps", "--securebits", "--pdeathsig", "--selinux-label"),
    }
)
_DOCKERIZE = frozenset(
    {
        *("-template", "-wait", "-timeout", "-stdout", "-stderr", "-poll", "-wait-retry-interval"),
        *("-wait-http-header", "-delims"),
    }
)
_DLV = frozenset({"-l", "--listen", "--backend", "--build-flags", "--log-dest", "--log-output", "--wd"})
_WRAPPERS = {
    "catatonit": Wrapper("init"),
    "chpst": Wrapper(
        "program", frozenset({"-u", "-U", "-b", "-e", "-/", "-n", "-l", "-L", "-m", "-d", "-o"})
    ),
    "chroot": Wrapper("program", operands=1),
    "chrt": Wrapper("program", operands=1),
    "command": Wrapper("program", declines=frozenset({"-v", "-V"})),
    "dlv": Wrapper("parent", _DLV, operands=1, declines=frozenset({"attach", "connect", "debug", "test"})),
    "doas": Wrapper("parent", frozenset({"-u", "-C"}), declines=frozenset({"-s"})),
    "dockerize": Wrapper("parent", _DOCKERIZE),
    "dumb-init": Wrapper("init", frozenset({"-r", "--rewrite"})),
    "env": Wrapper("program", frozenset({"-u", "-C"}), assigns=True, declines=frozenset({"-S"})),
    "gosu": Wrapper("program", operands=1),
    "ionice": Wrapper("program", frozenset({"-c", "-n", "-t"}), declines=frozenset({"-p"})),
    "nice": Wrapper("program", frozenset({"-n"})),
    "nohup": Wrapper("program"),
    "s6-setuidgid": Wrapper("program", operands=1),
    "setpriv": Wrapper("program", _SETPRIV),
    "setsid": Wrapper("program"),
    "stdbuf": Wrapper("program", frozenset({"-i", "-o", "-e"})),
    "su-exec": Wrapper("program", operands=1),
    "sudo": Wrapper("parent", _SUDO, assigns=True, declines=frozenset({"-e", "-l", "-v", "-k", "-K"})),
    "taskset": Wrapper("program", operands=1, declines=frozenset({"-p"})),
    "time": Wrapper("parent", frozenset({"-f", "-o"})),
    "timeout": Wrapper("parent", frozenset({"-k", "-s", "--kill-after", "--signal"}), operands=1),
    "tini": Wrapper("init", frozenset({"-p", "-e"})),
    "wait-for": Wrapper("program", needs_dashes=True),
    "wait-for-it": Wrapper("program", needs_dashes=True),
}


def program_of(words: Sequence[str]) -> int:
    """The index of the word that names the program which is really started."""
    at = 0
    for _ in range(_MOST):
        wrapper = wrapper_of(words[at]) if at < len(words) else None
        behind = _behind(words, at + 1, wrapper) if wrapper else None
        if behind is None or behind >= len(words):
            break
        at = behind
    return at


def init_of(words: Sequence[str]) -> str:
    """The name of the init in front of a program, empty without one."""
    at = program_of(words)
    named = (word.rsplit("/", 1)[-1] for word in words[:at] if _is_init(word))
    return next(named, "")


def signals_whole_group(words: Sequence[str]) -> bool:
    """An init in front hands signals to the children's children, too: dumb-init, or tini with -g."""
    front = words[: program_of(words)]
    name = init_of(words).removesuffix("-static")
    if name == "dumb-init":
        return front.count("-c") + front.count("--single-child") == 0
    return name in ("tini", "catatonit") and "-g" in front


def _is_init(word: str) -> bool:
    wrapper = wrapper_of(word)
    return wrapper is not None and wrapper.becomes == "init"


def wrapper_of(word: str) -> Wrapper | None:
    """What a program is known to do as a wrapper."""
    name = word.rsplit("/", 1)[-1]
    return _WRAPPERS.get(name.removesuffix(".sh").removesuffix("-static"))


def assignments_in(words: Sequence[str]) -> dict[str, str]:
    """The `NAME=value` among the words in front of a program."""
    pairs = (word.partition("=") for word in words if _ASSIGNMENT.match(word))
    return {name: value for name, _, value in pairs}


def _behind(words: Sequence[str], at: int, wrapper: Wrapper) -> int | None:
    """The index behind a wrapper's own words; None where it starts nothing."""
    if wrapper.needs_dashes:
        return words.index("--", at) + 1 if "--" in words[at:] else None
    operands = wrapper.operands
    while at < len(words):
        word = words[at]
        if word in wrapper.declines:
            return None
        if word == "--":
            return at + 1 + operands
        if word.startswith("-") and len(word) > 1:
            at += 2 if word in wrapper.valued else 1
        elif wrapper.assigns and _ASSIGNMENT.match(word):
            at += 1
        elif operands:
            operands, at = operands - 1, at + 1
        else:
            return at
    return None
