"""The hidden line by which a comment is known again."""

from __future__ import annotations

import pytest

from bot.review.markers import Marker, answer_marker, marker, read_any_marker, read_marker, settled_marker

GOOD = "<!-- shipworthy:v1 fp=0badc0de rule=some-rule sha=abcdef1 -->"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("words", id="no marker"),
        pytest.param(GOOD + "\nwords", id="not the last line"),
        pytest.param("words " + GOOD, id="not a line of its own"),
        pytest.param(GOOD.replace("v1", "v2"), id="another version"),
        pytest.param(GOOD.replace("0badc0de", "0bad"), id="a short fingerprint"),
        pytest.param(GOOD.replace("0badc0de", "x" * 16), id="no fingerprint"),
        pytest.param(GOOD.replace("some-rule", "Some Rule"), id="no rule"),
        pytest.param(GOOD.replace(" sha=abcdef1", ""), id="without a commit"),
        pytest.param(GOOD.replace("-->", "--> -->"), id="more behind it"),
        pytest.param(GOOD.replace("fp=", "was="), id="settled"),
    ],
)
def test_not_trusted(body: str) -> None:
    assert read_marker(body) is None


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n", "  "])
def test_what_is_written_is_read(end: str) -> None:
    body = "**Error:** words\r\n" + marker("0badc0de", "some-rule", "abcdef1") + end

    assert read_marker(body) == Marker("0badc0de", "some-rule", "abcdef1")


@pytest.mark.parametrize(
    ("request_id", "line"),
    [
        pytest.param("6f1b2c3d-0a1b", "<!-- shipworthy:v1 answer=6f1b2c3d-0a1b -->", id="a delivery"),
        pytest.param("a-->\n<b> `c`", "<!-- shipworthy:v1 answer=a-b-c -->", id="what would break out"),
        pytest.param(
            "/shipworthy explain", "<!-- shipworthy:v1 answer=shipworthy-explain -->", id="a button"
        ),
    ],
)
def test_the_line_below_an_answer(request_id: str, line: str) -> None:
    assert answer_marker(request_id) == line
    assert read_marker(f"words\n{line}") is None


def test_a_settled_comment_still_tells_what_it_was_about() -> None:
    found = Marker("0badc0de", "some-rule", "abcdef1")
    body = "~~words~~ Fixed.\n\n" + settled_marker(found)

    assert (read_marker(body), read_any_marker(body), read_any_marker(GOOD)) == (None, found, found)
    assert read_any_marker("words") is None
