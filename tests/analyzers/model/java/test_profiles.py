"""Which profiles are deployed, and how long requests may take."""

from __future__ import annotations

import pytest

from analyzers.model.java.application import JavaApplication
from analyzers.model.java.profiles import is_deployed_profile
from analyzers.model.java.time_limits import request_limit
from tests.analyzers.model.java.test_java_applications import RESOURCES, only


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("", True),
        ("prod", True),
        ("!dev", True),
        ("dev, prod", True),
        ("device", True),
        ("!dev & !test", True),
        ("prod & !local", True),
        ("dev", False),
        ("!prod", False),
        ("dev & !prod", False),
        ("dev | test", False),
        ("local", False),
        ("?", False),
    ],
)
def test_deployed_profiles(expression: str, expected: bool) -> None:
    assert is_deployed_profile(expression) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5s", 5_000), ("20000", 20_000), ("250ms", 250), ("1m", 60_000), ("${LIMIT}", None), ("soon", None)],
)
def test_limit_of_a_request(text: str, expected: int | None) -> None:
    name = f"{RESOURCES}/application.properties"
    assert request_limit(only({name: f"spring.mvc.async.request-timeout={text}\n"})) == expected


def test_no_limit_of_a_request() -> None:
    assert request_limit(JavaApplication("")) is None
