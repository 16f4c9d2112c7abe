"""Dials that spread their calls, as gofmt would write them."""

from __future__ import annotations

import pytest

from analyzers.fixes.grpc_dial import balanced_dial
from analyzers.model.programs.grpc_clients import find_grpc_clients
from tests.analyzers.model.go_source import program

OPTION = 'grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"round_robin": {}}]}`)'


def changed(call: str, before: str = "") -> str | None:
    (client,) = find_grpc_clients(program(f"{before}\n\t{call}"))
    found = balanced_dial(client)
    return found[1] if found else None


@pytest.mark.parametrize(
    ("call", "before"),
    [
        pytest.param('grpc.NewClient("orders:1", options...)', "", id="a list of options"),
        pytest.param('grpc.Dial(os.Getenv("ORDERS"))', "", id="a target without scheme from elsewhere"),
        pytest.param(
            'grpc.NewClient("orders:1", grpc.WithDefaultServiceConfig(`{"methodConfig": []}`))',
            "",
            id="a config that has other settings",
        ),
    ],
)
def test_left_alone(call: str, before: str) -> None:
    assert changed(call, before) is None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        pytest.param('grpc.NewClient("orders:1")', f'grpc.NewClient("orders:1", {OPTION})', id="NewClient"),
        pytest.param(
            'grpc.NewClient(os.Getenv("A"))', f'grpc.NewClient(os.Getenv("A"), {OPTION})', id="read"
        ),
        pytest.param('grpc.Dial("orders:1")', f'grpc.Dial("dns:///orders:1", {OPTION})', id="Dial"),
        pytest.param(
            'grpc.Dial("dns:///orders:1")', f'grpc.Dial("dns:///orders:1", {OPTION})', id="with its scheme"
        ),
        pytest.param(
            'grpc.DialContext(\n\t\tctx,\n\t\t"orders:1",\n\t)',
            f'grpc.DialContext(\n\t\tctx,\n\t\t"dns:///orders:1",\n\t\t{OPTION},\n\t)',
            id="lines",
        ),
    ],
)
def test_a_policy_is_asked_for(call: str, expected: str) -> None:
    assert changed(call) == expected
