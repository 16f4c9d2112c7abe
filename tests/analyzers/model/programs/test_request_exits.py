"""Exits that a request may cause."""

from __future__ import annotations

import pytest

from analyzers.model.programs.request_exits import find_request_exits
from tests.analyzers.model.go_source import program

HEAD = """\
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"example.com/app/pb"
	"github.com/labstack/echo/v4"
)

"""


def exits(text: str) -> int:
    return len(list(find_request_exits(program("", files={"main.go": HEAD + text}).code)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('func main() { log.Fatal("no") }', id="main"),
        pytest.param(
            'func main() { add(echo.New()) }\nfunc add(e *echo.Echo) { log.Fatal("no") }', id="setup"
        ),
        pytest.param(
            'func main() { sign(nil) }\nfunc sign(r *http.Request) { log.Fatal("no") }', id="a client"
        ),
        pytest.param("func main() { use(func(w http.ResponseWriter) { os.Exit(0) }) }", id="a clean end"),
        pytest.param(
            "func main() { use(func(w http.ResponseWriter) { defer func() {"
            " if r := recover(); r != nil { os.Exit(1) } }() }) }",
            id="a panic was caught",
        ),
        pytest.param(
            'func main() { http.HandleFunc("/quit", func(w http.ResponseWriter) { os.Exit(1) }) }',
            id="its path",
        ),
        pytest.param(
            "func main() { crash(nil) }\nfunc crash(w http.ResponseWriter) { os.Exit(1) }", id="its name"
        ),
        pytest.param(
            "type job struct{}\nfunc main() { job{}.Run(nil, nil) }\n"
            "func (j job) Run(ctx context.Context, r *pb.A) (*pb.B, error) { os.Exit(1) }",
            id="a method that only looks like gRPC",
        ),
    ],
)
def test_no_request_ends_it(text: str) -> None:
    assert exits(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('func main() { use(func(w http.ResponseWriter) { log.Fatal("no") }) }', id="a literal"),
        pytest.param("func main() { list(nil) }\nfunc list(c echo.Context) { os.Exit(1) }", id="echo"),
        pytest.param(
            'func main() { list(nil) }\nfunc list(c echo.Context) { log.Fatal("no"); os.Exit(1) }',
            id="said once",
        ),
        pytest.param(
            "type orders struct{ pb.UnimplementedOrdersServer }\nfunc main() { orders{}.List(nil, nil) }\n"
            "func (o orders) List(ctx context.Context, r *pb.A) (*pb.B, error) { os.Exit(1) }",
            id="gRPC",
        ),
    ],
)
def test_a_request_ends_it(text: str) -> None:
    assert exits(text) == 1
