"""What each refusal of GitLab's means to the job that met it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Gone, NotAllowed, NotFound, TryLater, Unclear
from bot.forges.gitlab_errors import Expired, Refused, redact, refusal
from bot.forges.gitlab_pace import Pace

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RESET = int(NOW.timestamp()) + 20


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, Refused), (401, Expired), (403, NotAllowed), (404, NotFound), (410, Gone), (500, Unclear)],
)
def test_what_a_status_means(status: int, error: type[Exception]) -> None:
    assert type(refusal(status, {}, {"message": "no"}, "GET /x", NOW)) is error


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        pytest.param(429, {"retry-after": "40"}, 40, id="told how long"),
        pytest.param(429, {"ratelimit-reset": str(RESET)}, 21, id="told until when"),
        pytest.param(429, {"ratelimit-reset": "1"}, 1, id="until a time that is past"),
        pytest.param(429, {"retry-after": "999999"}, 7200, id="told too long"),
        pytest.param(429, {}, 60, id="told nothing"),
        pytest.param(503, {"retry-after": "300"}, 300, id="down for maintenance"),
    ],
)
def test_when_to_come_back(status: int, headers: dict[str, str], seconds: int) -> None:
    error = refusal(status, headers, "Retry later", "GET /x", NOW)

    assert isinstance(error, TryLater)
    assert error.at == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"message": {"base": ["is wrong"]}}, "POST /x: 400 {'base': ['is wrong']}"),
        ({"error": "ref is missing"}, "POST /x: 400 ref is missing"),
        ("", "POST /x: 400 "),
    ],
)
def test_the_reason_is_told(data: object, words: str) -> None:
    assert str(refusal(400, {}, data, "POST /x", NOW)) == words


@pytest.mark.parametrize(
    "token", ["glpat-abcDEF123_-456789xy", "gldt-0123456789abcdefghij", "glptt-a.b-" + "c" * 20]
)
def test_tokens_are_not_told(token: str) -> None:
    assert redact(f"PRIVATE-TOKEN: {token} was refused") == "PRIVATE-TOKEN: [redacted] was refused"


def test_a_minute_holds_so_much() -> None:
    moments = [NOW, NOW + timedelta(seconds=10), NOW + timedelta(seconds=20), NOW + timedelta(seconds=60)]
    pace = Pace("notes", 5, lambda: moments.pop(0))
    pace.take(3)
    pace.take(2)
    with pytest.raises(TryLater) as full:
        pace.take(4)
    pace.take(3)

    assert full.value.at == NOW + timedelta(seconds=70)
