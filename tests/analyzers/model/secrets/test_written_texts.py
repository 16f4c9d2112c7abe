"""Where in a text its secret stands."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.secrets.written_texts import secret_at
from analyzers.parsers.position import Span
from tests.analyzers.model.repositories import repository

FILES = repository({"main.go": "package main\n\nvar a = `one two\nthree two four`\n"})


def test_of_several_lines_all_is_secret() -> None:
    at = Location("main.go", Span(3, 9, 4, 16))
    assert secret_at(FILES, at, "three") == at
