"""The local forge with somebody who commits, for the contract and for its own tests."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.forges.base import ChangeRef
from bot.forges.local import LocalForge
from bot.store.database import migrate, open_database
from bot.store.local import Conversations

REPOSITORY = "shop"
PUBLIC_URL = "http://localhost:8080"


class LocalStage:
    """A folder with one repository whose changes are branches off main."""

    def __init__(self, folder: Path, conversations: Conversations) -> None:
        self.place = folder / REPOSITORY
        self.place.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.forge = LocalForge(folder, conversations, PUBLIC_URL)
        self.conversations = conversations

    def open_change(self, base: Mapping[str, str | bytes], head: Mapping[str, str | bytes]) -> ChangeRef:
        self.commit(base)
        self.git("switch", "--quiet", "--create", "change")
        self.commit(head)
        return ChangeRef("local", REPOSITORY, 1, base="main", head="change")

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        return replace(ref, head="nobody")

    def push(self, ref: ChangeRef, files: Mapping[str, str | bytes]) -> None:
        self.git("switch", "--quiet", ref.head)
        self.commit(files)

    def close(self, ref: ChangeRef) -> None:
        self.git("switch", "--quiet", ref.base)
        self.git("merge", "--quiet", ref.head)

    def summaries(self, ref: ChangeRef) -> list[str]:
        found = self.conversations.summary(ref.key, self.forge.change(ref).head)
        return [found[1].body] if found else []

    def commit(self, files: Mapping[str, str | bytes], message: str = "Change things") -> str:
        """Make the branch consist of exactly these files; returns the commit."""
        self.git("rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".")
        for path, content in files.items():
            place = self.place / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def git(self, *arguments: str) -> str:
        settings = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "core.autocrlf=false"]
        command = ["git", "-C", str(self.place), *settings, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def local_stage(folder: Path) -> Iterator[LocalStage]:
    engine = open_database(f"sqlite:///{folder}/bot.db")
    migrate(engine)
    yield LocalStage(folder / "repositories", Conversations(engine))
    engine.dispose()
