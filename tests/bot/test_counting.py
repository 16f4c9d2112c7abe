"""Where processes count together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.counting import share_counts

NAME = "PROMETHEUS_MULTIPROC_DIR"


def test_a_folder_that_is_named_already_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, str(tmp_path))
    share_counts()()

    assert os.environ[NAME] == str(tmp_path)
    assert tmp_path.is_dir()


def test_a_folder_of_our_own_goes_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "")
    monkeypatch.delenv(NAME)
    forget = share_counts()
    folder = Path(os.environ[NAME])
    assert folder.is_dir()
    forget()

    assert not folder.exists()
