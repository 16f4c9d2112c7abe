"""Which log calls a request waits for."""

from __future__ import annotations

import pytest

from analyzers.model.programs.request_logs import find_request_logs
from tests.analyzers.model.go_source import program

MAIN = """\
package main

import (
\t"log"
\t"net/http"

\t"github.com/labstack/echo/v4"
\t"google.golang.org/grpc"
)

func main() {
\tuse(%s)
}
"""


@pytest.mark.parametrize(
    "function",
    [
        pytest.param('func() { log.Println("started") }', id="no request"),
        pytest.param('func(w http.ResponseWriter) { http.Error(w, "no", 500) }', id="an answer is no log"),
        pytest.param("func(r *http.Request) { use(err.Error()) }", id="the text of an error"),
        pytest.param('func(r *http.Request) { errors.Error("no") }', id="on something that is no logger"),
    ],
)
def test_no_request_waits(function: str) -> None:
    assert list(find_request_logs(program("", files={"main.go": MAIN % function}).code)) == []


@pytest.mark.parametrize(
    "function",
    [
        pytest.param("func(r *http.Request) { log.Println(r.URL) }", id="a handler"),
        pytest.param(
            'func(c echo.Context) error { return func() { s.logger.Info("x") } }', id="a function in one"
        ),
        pytest.param(
            'func(i *grpc.UnaryServerInfo) { logger.Info().Str("a", i.b).Msg("x") }', id="an interceptor"
        ),
    ],
)
def test_a_request_waits(function: str) -> None:
    assert len(list(find_request_logs(program("", files={"main.go": MAIN % function}).code))) == 1
