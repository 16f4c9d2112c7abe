"""go.sum: which hashes it has, and what is no go.sum."""

from __future__ import annotations

import pytest

from analyzers.parsers.gosum import parse_gosum
from analyzers.parsers.problem import Unreadable

TEXT = (
    "example.com/a v1.0.0 h1:aa=\nexample.com/a v1.0.0/go.mod h1:bb=\r\n\n"
    "example.com/b v0.1.0/go.mod h1:cc=\n"
)


def test_hashes_of_modules_and_of_their_gomods() -> None:
    sums = parse_gosum(TEXT)
    assert sums.modules == {("example.com/a", "v1.0.0"): "h1:aa="}
    assert sums.gomods == {("example.com/a", "v1.0.0"): "h1:bb=", ("example.com/b", "v0.1.0"): "h1:cc="}
    assert sums.has("example.com/b", "v0.1.0")
    assert not sums.has("example.com/b", "v0.2.0")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("<<<<<<< HEAD\n", 1, id="a conflict"),
        pytest.param(TEXT + "example.com/c v1.0.0\n", 5, id="no hash"),
    ],
)
def test_what_is_no_gosum(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_gosum(text)
    assert refusal.value.line == line
