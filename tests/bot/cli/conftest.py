"""A git repository with one healthy commit, and the command that checks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo.workshop import Workshop

PINNED = f"alpine:3.22@sha256:{'0' * 64}"
GOOD = f'FROM {PINNED}\nUSER 65532:65532\nENTRYPOINT ["/app"]\n'
BAD = GOOD.replace(PINNED, "alpine:latest")

Check = Callable[..., Result]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path / "shop")
    made.begin()
    made.commit({"Dockerfile": GOOD, "web/Dockerfile": BAD, ".gitignore": "out/\n"}, "Begin")
    return made


@pytest.fixture
def check(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs `shipworthy check` in the work tree."""
    monkeypatch.chdir(workshop.place)
    monkeypatch.delenv("GOVULNDB", raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])
