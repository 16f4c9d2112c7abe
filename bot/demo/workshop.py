"""The demonstration's repository in git: somebody commits, branches and pushes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PERSON = {
    "GIT_AUTHOR_NAME": "Ann Example",
    "GIT_AUTHOR_EMAIL": "ann@example.com",
    "GIT_COMMITTER_NAME": "Ann Example",
    "GIT_COMMITTER_EMAIL": "ann@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True, slots=True)
class Workshop:
    """A git repository in the folder `place`."""

    place: Path

    def begin(self) -> None:
        self.place.mkdir(parents=True)
        self._git("init", "--quiet")
        self._git("symbolic-ref", "HEAD", "refs/heads/main")

    def branch(self, name: str) -> None:
        self._git("checkout", "--quiet", "-b", name)

    def commit(self, files: Mapping[str, str], message: str) -> str:
        """Write the files and commit them; returns the commit's id."""
        for path, content in files.items():
            place = self.place / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8", newline="\n")
        self._git("add", "--all", "--force")
        self._git("commit", "--quiet", "--message", message)
        return self._git("rev-parse", "HEAD")

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.place), *arguments]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        } | _PERSON
        ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return ran.stdout.strip()
