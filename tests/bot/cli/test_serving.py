"""A start that is refused, in words for the operator."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("setting", "exit_code", "named"),
    [
        pytest.param("WEB_CONCURRENCY=many", 2, "WEB_CONCURRENCY", id="gunicorn reads it as well"),
        pytest.param("GITHUB_APP_ID=7", 2, "GITHUB_WEBHOOK_SECRET is missing", id="half a GitHub App"),
        pytest.param("DATABASE_URL=sqlite:////proc/none/a.db", 1, "DATABASE_URL", id="database out of reach"),
    ],
)
def test_web_names_what_is_wrong(setting: str, exit_code: int, named: str) -> None:
    name, _, value = setting.partition("=")
    command = [sys.executable, "-m", "bot", "web"]
    ran = subprocess.run(command, env=os.environ | {name: value}, capture_output=True, text=True, timeout=120)
    assert ran.returncode == exit_code
    assert named in ran.stderr
    assert "Traceback" not in ran.stderr
