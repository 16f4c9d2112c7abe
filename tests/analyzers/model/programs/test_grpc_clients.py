"""Which gRPC connections a program opens, and whether it spreads their calls."""

from __future__ import annotations

import pytest

from analyzers.model.programs.grpc_clients import address_of, find_grpc_clients, may_balance
from tests.analyzers.model.go_source import program


def hosts(body: str, outside: str = "") -> list[str | None]:
    clients = find_grpc_clients(program(body, outside))
    return [address and address[0] for client in clients for address in (address_of(client, None, None),)]


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param("grpc.NewServer()", "", id="a server"),
        pytest.param('grpc.NewClient("orders:1", outside.Option())', "", id="an option of another library"),
        pytest.param(
            "ask()",
            'func ask() {\n\tc, _ := grpc.NewClient("orders:1")\n\tdefer c.Close()\n}',
            id="closed by the function that opened it",
        ),
    ],
)
def test_no_lasting_connection(body: str, outside: str) -> None:
    assert hosts(body, outside) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('grpc.NewClient("xds:///orders")', None, id="xds"),
        pytest.param('grpc.NewClient("unix:///run/x")', None, id="a socket"),
        pytest.param('grpc.NewClient(os.Getenv("ORDERS"))', None, id="a variable, and nobody to set it"),
        pytest.param('grpc.NewClient("orders:1")', "orders", id="plain"),
        pytest.param('grpc.NewClient("dns:///orders.shop:1")', "orders.shop", id="dns"),
        pytest.param('grpc.Dial("passthrough:///orders:1")', "orders", id="passthrough"),
        pytest.param('grpc.DialContext(ctx, "orders")', "orders", id="DialContext"),
        pytest.param('c, _ := grpc.NewClient("orders:1"); defer c.Close()', "orders", id="closed by main"),
    ],
)
def test_the_host_that_is_called(body: str, expected: str | None) -> None:
    assert hosts(body) == [expected]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param('grpc.WithDefaultServiceConfig(`{"methodConfig": []}`)', False, id="another setting"),
        pytest.param(
            'grpc.WithDefaultServiceConfig(`{"loadBalancingPolicy": "round_robin"}`)', True, id="a policy"
        ),
        pytest.param("grpc.WithDefaultServiceConfig(settings)", True, id="a config nobody can read"),
        pytest.param('grpc.WithBalancerName("round_robin")', True, id="the old option"),
    ],
)
def test_whether_calls_may_be_spread(option: str, expected: bool) -> None:
    assert may_balance(program(f'grpc.NewClient("orders:1", {option})')) is expected


RR = 'grpc.WithDefaultServiceConfig(`{"loadBalancingPolicy": "round_robin"}`)'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('grpc.NewClient("orders:1")', False, id="no config"),
        pytest.param(f'grpc.NewClient("orders:1", {RR})', True, id="its own option"),
        pytest.param(f'o := []grpc.DialOption{{{RR}}}; grpc.NewClient("orders:1", o...)', True, id="a list"),
        pytest.param(
            'grpc.NewClient("a:1", grpc.WithDefaultServiceConfig(`{"loadBalancingPolicy": "pick_first"}`))',
            False,
            id="pick_first",
        ),
        pytest.param('grpc.NewClient("a:1", grpc.WithDefaultServiceConfig(settings))', False, id="unknown"),
    ],
)
def test_whether_a_client_spreads_its_calls(body: str, expected: bool) -> None:
    (client,) = find_grpc_clients(program(body))
    assert client.is_spread is expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('grpc.NewClient("orders:1")', True),
        ('grpc.NewClient("passthrough:///orders:1")', False),
        ('grpc.Dial("orders:1")', False),
        ('grpc.Dial("dns:///orders:1")', True),
        ('grpc.DialContext(ctx, "dns:///" + os.Getenv("ORDERS"))', True),
    ],
)
def test_whether_every_address_is_asked_for(call: str, expected: bool) -> None:
    (client,) = find_grpc_clients(program(call))
    assert client.asks_dns is expected
