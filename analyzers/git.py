"""git asked about a repository that nobody vouches for: no command that its configuration names is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_TAMED = {"core.fsmonitor": "false", "core.hooksPath": os.devnull, "log.showSignature": "false"}
"""https://git-scm.com/docs/git-config: what else would start a program for the commands used here."""
_FILTERS = r"^filter\..*\.(clean|smudge|process|required)$"
_SURROUNDINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    # An object that a partial clone lacks would be fetched, with commands of the repository's choice.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}


def run_git(repository: Path, *arguments: str, stdin: bytes = b"", settings: Mapping[str, str] = {}) -> bytes:
    """What git prints. `settings` are laid over the repository's configuration, as ours always are.

    Raises subprocess.CalledProcessError where git refuses.
    """
    command = ["git", "-C", str(repository), "--no-pager", "--literal-pathspecs", *arguments]
    environment = {**os.environ, **_SURROUNDINGS, **_overlay({**_TAMED, **settings})}
    return subprocess.run(command, input=stdin, env=environment, check=True, capture_output=True).stdout


def without_filters(repository: Path) -> Mapping[str, str]:
    """Settings by which the content of a work tree is compared as it is, through no filter's program."""
    try:
        names = run_git(repository, "config", "--null", "--name-only", "--get-regexp", _FILTERS)
    except subprocess.CalledProcessError:
        return {}
    return dict.fromkeys(_names(names), "")


def _names(listing: bytes) -> Iterable[str]:
    return filter(None, os.fsdecode(listing).split("\0"))


def _overlay(settings: Mapping[str, str]) -> Mapping[str, str]:
    """Settings by the environment, after those that are there: `-c` cuts names at the first equals sign."""
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    pairs = {
        f"GIT_CONFIG_{part}_{number}": text
        for number, setting in enumerate(settings.items(), first)
        for part, text in zip(("KEY", "VALUE"), setting, strict=True)
    }
    return {"GIT_CONFIG_COUNT": str(first + len(settings)), **pairs}
