"""Whether gRPC servers lack the health service."""

from __future__ import annotations

import pytest

from analyzers.model.programs.grpc_health import servers_without_health
from tests.analyzers.model.go_source import program

SERVER = "server := grpc.NewServer()\n"


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param('http.ListenAndServe(":80", nil)', "", id="no server"),
        pytest.param(SERVER + "outside.Prepare(server)", "", id="a library gets it"),
        pytest.param(
            SERVER + "register(server)", "func register(s *grpc.Server) { outside.Prepare(s) }", id="later"
        ),
        pytest.param(SERVER + "outside.RegisterHealthServer(server, nil)", "", id="registered"),
    ],
)
def test_health_is_there_or_may_be(body: str, outside: str) -> None:
    assert servers_without_health(program(body, outside)) == ()


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param(SERVER, "", id="nothing registered"),
        pytest.param(SERVER + "outside.RegisterOrdersServer(server, nil)", "", id="another service"),
        pytest.param(
            SERVER + "register(server)",
            "func register(s *grpc.Server) { outside.RegisterOrdersServer(s, nil) }",
            id="another service, in a function",
        ),
    ],
)
def test_health_is_missing(body: str, outside: str) -> None:
    (server,) = servers_without_health(program(body, outside))
    assert server.node.callee == "google.golang.org/grpc.NewServer"
