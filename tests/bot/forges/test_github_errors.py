"""What GitHub's refusals mean for the job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Gone, NotAllowed, TryLater
from bot.forges.github_errors import Answer, refusal

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RESET = str(int((NOW + timedelta(minutes=20)).timestamp()))
TOKEN = "ghs_77_" + "A" * 300 + ".eyJhbGciOi.b-c_d"


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        (403, "Resource not accessible by integration", NotAllowed),
        (401, "Bad credentials", NotAllowed),
        (422, "Validation Failed", NotAllowed),
        (409, "Conflict", NotAllowed),
        (404, "Not Found", Gone),
        (410, "This issue was deleted", Gone),
        (500, "", TryLater),
        (503, "", TryLater),
        (429, "", TryLater),
        (403, "You have exceeded a secondary rate limit", TryLater),
        (422, "was submitted too quickly", TryLater),
    ],
)
def test_a_status_tells_what_to_do(status: int, message: str, expected: type[Exception]) -> None:
    assert isinstance(refusal(Answer(status, {}, {"message": message}), "GET /x", NOW), expected)


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        pytest.param({"retry-after": "120"}, 2.0, id="told in seconds"),
        pytest.param(
            {"x-ratelimit-remaining": "0", "x-ratelimit-reset": RESET}, 20 + 1 / 60, id="told the time"
        ),
        pytest.param({"x-ratelimit-remaining": "9", "x-ratelimit-reset": RESET}, 1.0, id="another limit"),
        pytest.param({}, 1.0, id="not told"),
        pytest.param({"retry-after": "soon"}, 1.0, id="told nonsense"),
        pytest.param({"retry-after": "999999999999"}, 120.0, id="told for ever"),
        pytest.param({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, 1 / 60, id="over already"),
    ],
)
def test_a_limit_says_how_long(headers: dict[str, str], minutes: float) -> None:
    waiting = refusal(Answer(429, headers, None), "GET /x", NOW)

    assert isinstance(waiting, TryLater)
    assert waiting.at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "data", [None, [], "text", {"errors": ["one", {"code": "x"}]}, {"errors": None}], ids=repr
)
def test_any_form_of_answer_can_be_told(data: Any) -> None:
    assert "GET /x: 400" in str(refusal(Answer(400, {}, data), "GET /x", NOW))


def test_tokens_never_get_into_a_message() -> None:
    told = str(refusal(Answer(403, {}, {"message": f"no {TOKEN} here"}), "GET /x", NOW))

    assert told == "GET /x: 403 no [redacted] here"
