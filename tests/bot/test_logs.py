"""What a line of the log shows, and what it never shows."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs, redact


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield
    root.handlers[:] = kept
    sys.excepthook = sys.__excepthook__
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("see https://example.com/a@b", id="an address without credentials"),
        pytest.param("ghs_short", id="too short for a token"),
        pytest.param("acme/shop#12 at 0123456789abcdef0123456789abcdef01234567", id="a commit"),
    ],
)
def test_shows(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("token ghs_" + "SECRET" * 6, id="installation token"),
        pytest.param("ghs_12_" + "SECRET.-" * 60, id="installation token of the long form"),
        pytest.param("github_pat_" + "SECRET_" * 4, id="fine-grained token"),
        pytest.param("glpat-" + "SECRET" * 4, id="GitLab token"),
        pytest.param("Authorization: Bearer SECRETSECRETSECRET", id="bearer"),
        pytest.param("postgresql://me:SECRET@host/db", id="address with a password"),
        pytest.param(
            "-----BEGIN RSA PRIVATE KEY-----\nSECRET\n-----END RSA PRIVATE KEY-----", id="private key"
        ),
    ],
)
def test_hides(text: str) -> None:
    assert "SECRET" not in str(redact({"a": [text, {"b": text}]}))


def test_a_line_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    log = structlog.stdlib.get_logger("test")
    with structlog.contextvars.bound_contextvars(delivery_id="d1"):
        log.info("hello", webhook_event="pull_request", url="https://me:pass@host/")
    log.debug("too quiet")
    lines = capsys.readouterr().err.splitlines()
    line = json.loads(lines.pop())
    assert lines == []
    assert line.pop("ts")
    assert line == {
        "level": "info",
        "msg": "hello",
        "event": "pull_request",
        "delivery_id": "d1",
        "url": "https://[secret]@host/",
    }


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_error_keeps_its_stack_but_not_its_secrets(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure_logs("info", form)
    try:
        raise ValueError("https://me:hunter2@host/")
    except ValueError:
        logging.getLogger("library").exception("it broke")
    written = capsys.readouterr().err
    assert "error.type" in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "hunter2" not in written
