"""The `.env` beside a compose file."""

from __future__ import annotations

import pytest

from analyzers.parsers.env_file import parse_env_file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A=1\n\nA\n=1\n", {}, id="nothing"),
        pytest.param("A=$B\n", {}, id="a variable from outside"),
        pytest.param("A=1\nA=$B\n", {}, id="overwritten from outside"),
        pytest.param("A=1 # one\nexport B= two \n", {"A": "1", "B": "two"}, id="plain"),
        pytest.param("A='$B # x'\nB=\"y z\"\n", {"A": "$B # x", "B": "y z"}, id="quotes"),
        pytest.param("A=1\nB=${A}/$A\n", {"A": "1", "B": "1/1"}, id="a variable set before"),
    ],
)
def test_sets(text: str, expected: dict[str, str]) -> None:
    assert parse_env_file(text) == expected
