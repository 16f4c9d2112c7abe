from __future__ import annotations

from analyzers.finding import Edit, Location
from analyzers.fixes.lines import delete_lines, insert_before, line_at, replace_at, unquoted
from analyzers.parsers.position import Span

TEXT = "FROM golang:1.22 AS build\r\nRUN go build \\\r\n  ./...\r\n"
IMAGE = Location("Dockerfile", Span(1, 6, 1, 17))
RUN = Location("Dockerfile", Span(2, 1, 3, 8))


def test_the_rest_of_the_line_stays() -> None:
    assert replace_at(TEXT, IMAGE, "golang:1.24") == Edit("Dockerfile", 1, 1, "FROM golang:1.24 AS build")


def test_all_lines_of_a_place_are_replaced() -> None:
    assert replace_at(TEXT, RUN, "RUN make") == Edit("Dockerfile", 2, 3, "RUN make")


def test_lines_go_in_above() -> None:
    assert insert_before(RUN, "ENV A=1", "ENV B=2") == Edit("Dockerfile", 2, 1, "ENV A=1\nENV B=2")


def test_lines_are_taken_away() -> None:
    assert delete_lines(RUN) == Edit("Dockerfile", 2, 3, "")


def test_a_line_has_no_end() -> None:
    assert line_at(TEXT, IMAGE) == "FROM golang:1.22 AS build"


def test_quotes_are_taken_off() -> None:
    assert [unquoted(text) for text in ("'a'", '"a"', "a", "'a", '"', "")] == ["a", "a", "a", "'a", '"', ""]
