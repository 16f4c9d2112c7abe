from __future__ import annotations

import pytest

from analyzers.model.programs.spoken_texts import find_text, speaks_of
from tests.analyzers.model.go_source import program

ROUTES = 'http.HandleFunc("/healthz", nil)\nhttp.ListenAndServe(":80", nil)\n'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(ROUTES, False, id="in a registration"),
        pytest.param(ROUTES + 'outside.Handle("/healthz")', True, id="elsewhere"),
        pytest.param(ROUTES + "outside.Handle(`/healthz`)", True, id="in back quotes"),
        pytest.param(ROUTES + 'outside.Handle("/healthz/full")', False, id="in a longer one"),
    ],
)
def test_whether_a_path_is_spoken_of(body: str, expected: bool) -> None:
    assert speaks_of(program(body), "/healthz") is expected


def test_places_of_a_text() -> None:
    read = program('http.ListenAndServe(":80", nil)\nnet.Listen("tcp", ":80")')
    assert [at.span.column for at in find_text(read, ":80")] == [21, 19]
