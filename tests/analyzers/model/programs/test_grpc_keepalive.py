"""Keepalive of gRPC servers and clients."""

from __future__ import annotations

import pytest

from analyzers.model.programs.grpc_keepalive import GrpcServer, find_grpc_dials, find_grpc_servers
from analyzers.model.programs.text import Duration
from tests.analyzers.model.go_source import program

USED = 'import "google.golang.org/grpc/keepalive"\n'
AGE = "keepalive.ServerParameters{MaxConnectionAge: 5 * time.Minute}"


def server(body: str, outside: str = "") -> GrpcServer:
    (found,) = find_grpc_servers(program(body, USED + outside).code)
    return found


def age(found: GrpcServer) -> Duration | str | None:
    return found.keepalive.max_connection_age if found.keepalive else "none"


@pytest.mark.parametrize(
    ("body", "outside", "expected", "known"),
    [
        pytest.param("grpc.NewServer(opts()...)", "", "none", False, id="options from elsewhere"),
        pytest.param("grpc.NewServer(outside.Option())", "", "none", False, id="another library's option"),
        pytest.param(
            "serve()",
            "func serve(o ...grpc.ServerOption) { grpc.NewServer(o...) }",
            "none",
            False,
            id="a parameter",
        ),
        pytest.param(
            f"grpc.NewServer(); outside.Use(grpc.KeepaliveParams({AGE}))",
            "",
            "none",
            False,
            id="a stray",
        ),
        pytest.param("grpc.NewServer(grpc.KeepaliveParams(p()))", "", Duration(None), True, id="a function"),
        pytest.param(
            "p := keepalive.ServerParameters{}; p.MaxConnectionAge = x\n"
            "grpc.NewServer(grpc.KeepaliveParams(p))",
            "",
            Duration(None),
            True,
            id="set later",
        ),
        pytest.param("grpc.NewServer()", "", "none", True, id="nothing"),
        pytest.param("grpc.NewServer(grpc.Creds(c))", "", "none", True, id="another option"),
        pytest.param(
            "grpc.NewServer(grpc.KeepaliveParams(keepalive.ServerParameters{Time: time.Minute}))",
            "",
            None,
            True,
            id="other parameters",
        ),
        pytest.param(f"grpc.NewServer(grpc.KeepaliveParams({AGE}))", "", Duration(300.0), True, id="an age"),
        pytest.param(
            f"p := {AGE}\ngrpc.NewServer(grpc.KeepaliveParams(p))", "", Duration(300.0), True, id="a variable"
        ),
        pytest.param(
            f"o := []grpc.ServerOption{{grpc.Creds(c)}}\no = append(o, grpc.KeepaliveParams({AGE}))\n"
            "grpc.NewServer(o...)",
            "",
            Duration(300.0),
            True,
            id="a slice",
        ),
        pytest.param(
            "var opts []grpc.ServerOption\ngrpc.NewServer(opts...)", "", "none", True, id="an empty slice"
        ),
        pytest.param(
            "grpc.NewServer(creds())",
            "func creds() grpc.ServerOption { return grpc.Creds(nil) }",
            "none",
            True,
            id="a function of one's own",
        ),
    ],
)
def test_the_age_of_connections(
    body: str, outside: str, expected: Duration | str | None, known: bool
) -> None:
    found = server(body, outside)
    assert (age(found), found.options_are_known) == (expected, known)


def test_all_of_a_server() -> None:
    found = server(
        "grpc.NewServer(grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: time.Second}),\n"
        "grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAgeGrace: time.Hour, Timeout: x}))"
    )
    assert found.keepalive
    assert found.policy
    assert found.keepalive.max_connection_age_grace == Duration(3600.0)
    assert (found.keepalive.timeout, found.keepalive.time) == (Duration(None), None)
    assert (found.policy.min_time, found.policy.permits_without_stream) == (Duration(1.0), False)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param("o...", (None, False), id="options from elsewhere"),
        pytest.param("grpc.WithKeepaliveParams(p())", ((Duration(None), None), True), id="a function"),
        pytest.param("grpc.WithInsecure()", (None, True), id="none"),
        pytest.param(
            "grpc.WithKeepaliveParams(keepalive.ClientParameters{PermitWithoutStream: true})",
            ((None, True), True),
            id="no time",
        ),
        pytest.param(
            "grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 10 * time.Second})",
            ((Duration(10.0), False), True),
            id="a time",
        ),
    ],
)
def test_a_client(options: str, expected: object) -> None:
    (found,) = find_grpc_dials(program(f'grpc.NewClient("orders:80", {options})', USED).code)
    told = (found.keepalive.time, found.keepalive.permits_without_stream) if found.keepalive else None
    assert (told, found.options_are_known) == expected


def test_each_server_has_its_own() -> None:
    body = f"grpc.NewServer()\ngrpc.NewServer(grpc.KeepaliveParams({AGE}))"
    found = find_grpc_servers(program(body, USED).code)
    assert [(age(each), each.options_are_known) for each in found] == [
        ("none", True),
        (Duration(300.0), True),
    ]
