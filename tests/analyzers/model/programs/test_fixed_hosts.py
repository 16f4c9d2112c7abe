"""Hosts that stand in addresses, and which of them are another machine."""

from __future__ import annotations

import pytest

from analyzers.model.programs.fixed_hosts import find_fixed_hosts, host_of, is_elsewhere
from tests.analyzers.model.go_source import program


@pytest.mark.parametrize(
    ("text", "host"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("\0:80", "", id="decided later"),
        pytest.param("http://orders\0/", "", id="half of it decided later"),
        pytest.param("http://\0", "", id="a URL of which all is decided later"),
        pytest.param("passthrough:///orders", "", id="another resolver"),
        pytest.param("unix:///run/orders.sock", "", id="a socket"),
        pytest.param("orders", "", id="a word"),
        pytest.param("the host is orders:80 today", "", id="a sentence"),
        pytest.param("orders:80", "orders", id="host and port"),
        pytest.param("[fd00::7]:80", "fd00::7", id="IPv6"),
        pytest.param("dns:///orders.shop:80", "orders.shop", id="gRPC's resolver"),
        pytest.param("http://orders:8080/items/\0", "orders", id="a path decided later"),
        pytest.param("postgres://\0:\0@db:5432/orders", "db", id="a user decided later"),
        pytest.param(
            "mongodb://a.acme.com:27017,b.acme.com:27017/x", "a.acme.com", id="the first of several"
        ),
        pytest.param("\0@tcp(10.0.0.7:3306)/orders", "10.0.0.7", id="MySQL"),
        pytest.param("user=\0 host=db port=5432", "db", id="pairs"),
    ],
)
def test_the_host_of_an_address(text: str, host: str) -> None:
    assert host_of(text) == host


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "169.254.169.254",
        "kubernetes.default.svc",
        "db.example.com",
    ],
)
def test_this_machine_the_platform_and_examples(host: str) -> None:
    assert not is_elsewhere(host)


@pytest.mark.parametrize(
    ("body", "hosts"),
    [
        pytest.param('net.Dial("tcp", "8.8.8.8:53")', [], id="a public address, asked for one's own"),
        pytest.param('http.Get("https://api.github.com/x")', [], id="a public API"),
        pytest.param(
            'http.Get("http://orders.shop.svc.cluster.local/x")',
            ["orders.shop.svc.cluster.local"],
            id="a Service",
        ),
        pytest.param('http.Get("http://10.0.0.7/x")', ["10.0.0.7"], id="a private address"),
        pytest.param('grpc.NewClient(os.Getenv("A") + ":80")', [], id="from the environment"),
    ],
)
def test_what_a_program_reaches_for(body: str, hosts: list[str]) -> None:
    assert [fixed.host for fixed in find_fixed_hosts(program(body).code)] == hosts
