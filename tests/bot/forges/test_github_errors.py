"""What GitHub's refusals mean for the job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Gone, NotAllowed, TryLater
from bot.forges.github_errors import Answer, query_refusal, refusal

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
        (403, "This installation has been suspended", Gone),
        (451, "Repository unavailable due to DMCA takedown.", Gone),
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
        pytest.param({"retry-after": "Mon, 23 Nov 2026 12:03:00 GMT"}, 3.0, id="told a date"),
        pytest.param({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0.0, id="told a date that is over"),
        pytest.param({"retry-after": "Mon, 23 Nov 2099 11:00:00 GMT"}, 120.0, id="told a date far away"),
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
    ("status", "headers", "data"),
    [
        pytest.param(429, {}, None, id="too many requests"),
        pytest.param(403, {"retry-after": "9"}, None, id="forbidden for a while"),
        pytest.param(403, {"x-ratelimit-remaining": "0"}, None, id="nothing left"),
        pytest.param(403, {}, {"message": "You have triggered an abuse detection mechanism"}, id="abuse"),
        pytest.param(422, {}, {"message": "Validation Failed", "errors": [{"code": "abuse"}]}, id="422"),
    ],
)
def test_a_limit_is_known_in_every_form(status: int, headers: dict[str, str], data: Any) -> None:
    assert isinstance(refusal(Answer(status, headers, data), "POST /x", NOW), TryLater)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"type": "RATE_LIMITED", "message": "API rate limit exceeded"}, TryLater),
        ({"message": "You have exceeded a secondary rate limit"}, TryLater),
        ({"type": "UNPROCESSABLE", "message": "was submitted too quickly"}, TryLater),
        ({"message": "Something went wrong while executing your query."}, TryLater),
        ({"type": "NOT_FOUND", "message": "Could not resolve"}, Gone),
        ({"type": "FORBIDDEN", "message": "Resource not accessible by integration"}, NotAllowed),
        ({}, NotAllowed),
    ],
    ids=str,
)
def test_a_query_is_refused_with_status_200(error: dict[str, str], expected: type[Exception]) -> None:
    assert isinstance(query_refusal(error, Answer(200, {}, None), NOW), expected)


def test_the_missing_permission_is_named() -> None:
    headers = {"x-accepted-github-permissions": "checks=write"}
    message = {"message": "Resource not accessible by integration"}
    told = refusal(Answer(403, headers, message), "POST /x", NOW)

    assert str(told) == "POST /x: 403 Resource not accessible by integration (needed: checks=write)"


@pytest.mark.parametrize(
    "data", [None, [], "text", {"errors": ["one", {"code": "x"}]}, {"errors": None}], ids=repr
)
def test_any_form_of_answer_can_be_told(data: Any) -> None:
    assert "GET /x: 400" in str(refusal(Answer(400, {}, data), "GET /x", NOW))


def test_tokens_never_get_into_a_message() -> None:
    told = str(refusal(Answer(403, {}, {"message": f"no {TOKEN} here"}), "GET /x", NOW))

    assert told == "GET /x: 403 no [redacted] here"
